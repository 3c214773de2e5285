"""The comparisons of poolsh with other programs: each from its start to its end, output to /dev/null."""

from figures import IDLE, JOBS, LINES, MEDIAN_TIME, PEAK, TASKS, TIME, at_least, at_most
from jobs import Calls, Measure
from rows import Row, against, bound

OURS = "poolsh"


def processes(width):
    """/bin/true once for each line of a file. Captured by poolsh, Python and parallel; not by the others."""
    calls = Calls({
        "poolsh": lambda files, n: ["-w", width, "-c", f"map exec /bin/true :::: {files.items(n)}"],
        "Python + subprocess": lambda files, n: [
            "Peers/python_subprocess.py", width, files.items(n), "/bin/true"],
        "xargs -P": lambda files, n: ["-P", width, "-n", "1", "-a", files.items(n), "/bin/true"],
        "GNU parallel -j": lambda files, n: ["-j", width, "-a", files.items(n), "/bin/true"],
        "bash, wait -n": lambda files, n: ["Peers/bash_wait.sh", width, files.items(n), "/bin/true"],
        "make -j": lambda files, n: ["-j", width, "-f", files.makefile(n)],
    })
    return Row(
        f"processes-{width}-wide",
        f"5,000 × `/bin/true` through `map exec`, output captured, {width} wide", JOBS, OURS, calls, 5_000,
        (against("Python + subprocess", at_least(1.3)), against("xargs -P", at_least(1.5), n=2_000),
         against("GNU parallel -j", at_least(8), n=1_000), against("bash, wait -n", n=2_000),
         against("make -j")))


LARGE_OUTPUT = Row(
    "large-output", "500 jobs of 1 MB captured output, 8 wide", JOBS, OURS,
    Calls({
        "poolsh": lambda files, n: [
            "-w", "8", "-c", f"map exec head -c 1000000 :::: {zeros(files, n)}"],
        "Python + subprocess": lambda files, n: [
            "Peers/python_subprocess.py", "8", zeros(files, n), "head", "-c", "1000000"],
        "GNU parallel -j": lambda files, n: ["-j", "8", "-a", zeros(files, n), "head -c 1000000"],
    }), 500,
    (against("Python + subprocess", at_least(1.8)),
     against("GNU parallel -j", n=100),
     bound("100 MB", at_most(1), 100e6, PEAK),
     against("Python + subprocess", quantity=PEAK)))


def zeros(files, n):
    return files.holding(f"zeros-{n}", ["/dev/zero"] * n)


HALT = Row(
    "halt", "`map --halt now,fail=1`: from the failure to the end of the last of 14 other processes", TIME,
    "poolsh, halted", Measure("halt", counts=False), 1,
    (bound("100 ms", at_most(1), 0.1), against("GNU parallel, halted", label="GNU parallel")))

START_UP = Row(
    "startup", "start-up, `poolsh -c version`, the median of 30", TIME, OURS,
    Calls({
        "poolsh": lambda files, n: ["-c", "version"],
        "bash": lambda files, n: ["-c", ":"],
        "python3": lambda files, n: ["-c", "pass"],
    }), 1,
    (against("bash", at_most(2), label="`bash -c :`"),
     against("python3", at_most(0.15), label="`python3 -c pass`")),
    passes=30)

LINES_OF_SCRIPT = Row(
    "script-lines", "a script of 1,000,000 lines `let x = 1`, from a file", LINES, OURS,
    Calls({
        "poolsh": lambda files, n: [files.holding(f"lines-{n}.poolsh", ["let x = 1"] * n)],
        "bash": lambda files, n: [files.holding(f"lines-{n}.sh", [": a b c"] * n)],
    }), 1_000_000,
    (against("bash", at_least(1), label="bash, `: a b c`"),))

SUBMITTING_SCRIPT = Row(
    "script-submit", "a script of 100,000 `submit print x` and a `wait all`", TASKS, OURS,
    Calls({
        "poolsh": lambda files, n: [
            files.holding(f"submit-{n}.poolsh", ["submit print x"] * n + ["wait all"])],
        "python3": lambda files, n: ["Peers/python_submit_print.py", str(n)],
    }), 100_000,
    (against("python3", at_least(10), label="Python, the same in a loop"),
     bound("150 MB", at_most(1), 150e6, PEAK),
     against("python3", quantity=PEAK, label="Python, the same in a loop")))

TYPING = Row(
    "typing", "key → echo at the prompt, the median of 400 keys; 100 tasks print 1,000 lines/s meanwhile",
    MEDIAN_TIME, "poolsh's prompt, busy", Measure("echo"), 400,
    (bound("1 ms", at_most(1), 0.001), against("poolsh's prompt", label="poolsh, nothing running"),
     against("bash's prompt", label="bash, nothing running"),
     against("python3's prompt", label="Python, nothing running")))

IDLE_PROMPT = Row(
    "idle-prompt", "an idle prompt for 2 s", IDLE, "poolsh's prompt",
    Measure("idle", {"seconds": 2}, counts=False, repetitions=1), 1,
    (bound("no CPU burnt (1 ms/s)", at_most(1), 0.001), against("bash's prompt", label="bash")))

TOOLS = (
    processes("2"), processes("8"), LARGE_OUTPUT, HALT, START_UP, LINES_OF_SCRIPT, SUBMITTING_SCRIPT, TYPING,
    IDLE_PROMPT)
