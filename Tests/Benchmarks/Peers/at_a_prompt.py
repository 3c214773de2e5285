"""Types at a prompt on a terminal: `at_a_prompt.py WHO MEASURE key=value…`, a line of figures for each repetition.

WHO is bash, python3, poolsh, or busy (poolsh with 100 tasks that print 1,000 lines a second together).
MEASURE is echo (the time from a key to what it shows, of `n` keys) or idle (processor time of `seconds` at the prompt).
"""

import os
import pty
import select
import shutil
import statistics
import sys
import tempfile
import time

POOLSH = ".build/poolsh/release/poolsh"
CALLS = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "python3": [sys.executable, "-i", "-q"],
    "poolsh": [POOLSH, "--no-rc"],
    "busy": [POOLSH, "--no-rc"],
}
PROMPTS = {"bash": b"$ ", "python3": b">>> "}
BUSY = b"submit { for i in 1..100000 { print line $i; sleep 0.1 } } ::: 1..100\r"


class Terminal:
    def __init__(self, who):
        self.home = tempfile.TemporaryDirectory(prefix="poolsh-benchmark-")
        self.process, self.descriptor = pty.fork()
        if self.process == 0:
            environment = {"HOME": self.home.name, "TERM": "xterm", "LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"]}
            environment |= {"PS1": "$ ", "INPUTRC": "/dev/null", "XDG_STATE_HOME": self.home.name}
            os.execve(shutil.which(CALLS[who][0]), CALLS[who], environment)
        self.shown = b""
        self.wait_for(PROMPTS.get(who, b"> "))
        if who == "busy":
            self.type(b"set notify off\rset quiet on\rpool new -w 100\r" + BUSY)
            self.wait_for(b"line 3")

    def type(self, text):
        os.write(self.descriptor, text)

    def read(self):
        ready, _, _ = select.select([self.descriptor], [], [], 10)
        if not ready:
            raise SystemExit("nothing is shown any more")
        return os.read(self.descriptor, 1 << 16)

    def wait_for(self, text):
        while text not in self.shown:
            self.shown += self.read()
        self.shown = b""

    def drain(self, seconds):
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            if select.select([self.descriptor], [], [], left)[0]:
                os.read(self.descriptor, 1 << 16)

    def echo(self, text):
        """The time until the text is shown. It is one that nothing else shows."""
        start = time.perf_counter()
        self.type(text)
        self.wait_for(text)
        return time.perf_counter() - start

    def close(self):
        os.kill(self.process, 9)
        os.close(self.descriptor)
        _, _, usage = os.wait4(self.process, 0)
        self.home.cleanup()
        return usage.ru_utime + usage.ru_stime


def echo(who, n):
    """Keys 5 ms apart, 40 on a line, which is then dropped."""
    terminal = Terminal(who)
    times = []
    try:
        for i in range(n):
            if i % 40 == 0:
                terminal.type(b"\x15")
                terminal.drain(0.05)
            times.append(terminal.echo(b"#@%^&"[i % 5:i % 5 + 1]))
            terminal.drain(0.005)
    finally:
        terminal.close()
    print(f"p50={statistics.median(times)} p99={statistics.quantiles(times, n=100)[98]} seconds={sum(times)}")


def idle(who, seconds):
    """What more a longer rest costs: what the start costs is in both."""
    def cpu(rest):
        terminal = Terminal(who)
        terminal.drain(rest)
        return terminal.close()

    start = statistics.median(cpu(0.3) for _ in range(3))
    print(f"cpu={max(0, cpu(0.3 + seconds) - start) / seconds}")


def main():
    who, measure, *words = sys.argv[1:]
    values = dict(word.split("=", 1) for word in words)
    if shutil.which(CALLS[who][0]) is None:
        raise SystemExit(f"no {CALLS[who][0]}")
    for _ in range(int(values.get("repetitions", 1))):
        if measure == "echo":
            echo(who, int(values["n"]))
        else:
            idle(who, float(values["seconds"]))


main()
