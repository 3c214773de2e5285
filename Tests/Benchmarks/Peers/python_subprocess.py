"""python_subprocess.py WORKERS ITEMS PROGRAM [ARG…]: `map exec PROGRAM ARG… :::: ITEMS` in Python.

Runs the program once for each line of ITEMS, its output captured, and writes the outputs in input order.
"""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor


def main():
    workers, items, *command = sys.argv[1:]

    def run(item):
        return subprocess.run([*command, item], capture_output=True, check=True).stdout

    with open(items, encoding="utf-8") as lines, ThreadPoolExecutor(int(workers)) as pool:
        for output in pool.map(run, lines.read().splitlines()):
            sys.stdout.buffer.write(output)


main()
