"""Eight jobs, of which one fails: `halted.py WHO MEASURE repetitions=N`, a line of figures for each repetition.

WHO is poolsh or parallel. MEASURE is halt: the time from the failure to the end of the last process of the other
seven, each of which has a child of its own, under `--halt now,fail=1`.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time

POOLSH = ".build/poolsh/release/poolsh"
# A job notes its processes; the last one fails once all others have.
JOB = """if [ {} = 8 ]; then
  while [ $(ls pids | wc -l) -lt 7 ]; do sleep 0.01; done
  date +%s%N > decided.new; mv decided.new decided; exit 1
fi
sleep 60 & echo $$ $! > pids.{}; mv pids.{} pids/{}; wait"""
CALLS = {
    "poolsh": [os.path.abspath(POOLSH), "-w", "8", "-c", f"map --halt now,fail=1 sh '{JOB}' ::: 1..8"],
    "parallel": ["parallel", "-j8", "--halt", "now,fail=1", JOB, ":::", *map(str, range(1, 9))],
}


def is_there(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def halt(who):
    with tempfile.TemporaryDirectory(prefix="poolsh-benchmark-") as folder:
        os.mkdir(f"{folder}/pids")
        program = subprocess.Popen(
            CALLS[who], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not os.path.exists(f"{folder}/decided"):
            if program.poll() is not None:
                raise SystemExit(f"{who} ended before the failure")
            time.sleep(0.001)
        pids = [int(pid) for name in os.listdir(f"{folder}/pids") for pid in open(f"{folder}/pids/{name}").read().split()]
        while any(map(is_there, pids)):
            time.sleep(0.0005)
        gone = time.time()
        decided = int(open(f"{folder}/decided").read()) / 1e9
        program.wait()
        return gone - decided


who, measure, *parameters = sys.argv[1:]
if measure != "halt":
    raise SystemExit(64)
signal.signal(signal.SIGCHLD, signal.SIG_DFL)
for _ in range(int(dict(word.split("=") for word in parameters)["repetitions"])):
    print(f"seconds={halt(who):.6f}", flush=True)
