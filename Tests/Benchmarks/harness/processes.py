"""One process: started with posix_spawn, reaped with wait4, and what it cost."""

import os
import signal
import time
from dataclasses import dataclass

# How often the peak of a process's memory is read. It only grows, so that no more than the growth of its last
# milliseconds is missed. wait4's ru_maxrss will not do: it begins at the size of whoever called posix_spawn,
# which is this harness, and it takes in the children.
PEAK_INTERVAL = 0.005


@dataclass(frozen=True)
class Ended:
    seconds: float
    cpu: float
    peak: int  # bytes; 0 if it was not wanted
    status: int  # the exit status, or 128 + the signal
    timed_out: bool


def run(argv, *, output=os.devnull, errors=os.devnull, limit=300.0, wants_peak=False):
    """Runs a program (a path, first of all) to its end, or kills its process group after `limit` seconds."""
    redirections = [_opening(0, os.devnull), _opening(1, output), _opening(2, errors)]
    watch = _Watch(limit, wants_peak)
    started = time.perf_counter()
    pid = os.posix_spawn(argv[0], argv, os.environ, file_actions=redirections, setpgroup=0)
    try:
        watch.begin(pid)
        _, status, usage = os.wait4(pid, 0)
        seconds = time.perf_counter() - started
    except BaseException:
        _kill(pid)
        raise
    finally:
        watch.end()
    code = os.waitstatus_to_exitcode(status)
    cpu = usage.ru_utime + usage.ru_stime
    return Ended(seconds, cpu, watch.peak, code if code >= 0 else 128 - code, watch.has_fired)


def _opening(descriptor, path):
    mode = os.O_RDONLY if descriptor == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    return (os.POSIX_SPAWN_OPEN, descriptor, path, mode, 0o600)


def _kill(pid):
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


class _Watch:
    """Looks at the process while wait4 waits for it. A timer signal, because a thread would run beside it."""

    def __init__(self, limit, wants_peak):
        self.peak = 0
        self.has_fired = False
        self._limit = limit
        self._wants_peak = wants_peak
        self._interval = PEAK_INTERVAL if wants_peak else limit

    def begin(self, pid):
        self._pid = pid
        self._deadline = time.monotonic() + self._limit
        signal.signal(signal.SIGALRM, self._look)
        signal.setitimer(signal.ITIMER_REAL, self._interval, self._interval)

    def end(self):
        signal.setitimer(signal.ITIMER_REAL, 0)

    def _look(self, *_):
        if self._wants_peak:
            self.peak = max(self.peak, _peak_memory(self._pid))
        if time.monotonic() >= self._deadline:
            self.has_fired = True
            _kill(self._pid)


def _peak_memory(pid):
    try:
        with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as status:
            for line in status:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass  # it has just ended
    return 0
