"""The machine, the versions and the date: what a figure is worth depends on them."""

import json
import os
import re
import subprocess
import sys
import time

from contenders import executable

# How each program is asked for its version.
QUESTIONS = {
    "Java": ["java", "-version"],
    "C++": ["g++", "--version"],
    "GNU parallel -j": ["parallel", "--version"],
    "xargs -P": ["xargs", "--version"],
    "bash": ["bash", "--version"],
    "bash, wait -n": ["bash", "--version"],
    "make -j": ["make", "--version"],
}


def describe():
    model = _find("/proc/cpuinfo", r"model name\s*:\s*(.*)") or os.uname().machine
    kilobytes = int(_find("/proc/meminfo", r"MemTotal:\s*(\d+)") or 0)
    return {
        "processor": f"{os.cpu_count()} × {model}",
        "memory": f"{kilobytes / 2**20:.0f} GiB",
        "kernel": f"{os.uname().sysname} {os.uname().release}",
        "distribution": _find("/etc/os-release", r'PRETTY_NAME="?([^"\n]*)') or "unknown distribution",
        "load": f"load at the start {os.getloadavg()[0]:.2f}",
    }


def date():
    return time.strftime("%Y-%m-%d %H:%M")


def versions(programs):
    """Of those programs that are there."""
    found = {"Swift": _version(["swift", "--version"]), "Python": sys.version.split()[0]}
    for program, question in QUESTIONS.items():
        if program in programs and executable(program):
            found[_NAMES.get(program, program.split()[0])] = _version(question)
    if "NIOThreadPool" in programs:
        found["swift-nio"] = _nio_version()
    return {name: version for name, version in found.items() if version}


_NAMES = {"C++": "g++", "GNU parallel -j": "GNU parallel", "bash, wait -n": "bash"}


def _version(question):
    try:
        answer = subprocess.run(question, capture_output=True, text=True, check=False)
    except OSError:
        return None
    found = re.search(r"\d+(\.\d+)*|\b\d{8}\b", re.sub(r"\([^)]*\)", "", answer.stdout + answer.stderr))
    return found.group() if found else None


def _nio_version():
    try:
        with open("Package.resolved", encoding="utf-8") as file:
            pins = json.load(file)["pins"]
    except (OSError, ValueError, KeyError):
        return None
    return next((pin["state"].get("version") for pin in pins if pin["identity"] == "swift-nio"), None)


def _find(path, pattern):
    try:
        with open(path, encoding="utf-8") as file:
            found = re.search(pattern, file.read())
    except OSError:
        return None
    return found.group(1).strip() if found else None
