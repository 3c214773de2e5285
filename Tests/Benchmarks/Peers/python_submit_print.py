"""python_submit_print.py N: submits `print("x")` N times in a loop, keeps the futures, waits for all."""

import sys
from concurrent.futures import ThreadPoolExecutor, wait

with ThreadPoolExecutor() as pool:
    futures = []
    for _ in range(int(sys.argv[1])):
        futures.append(pool.submit(print, "x"))
    wait(futures)
