"""Erlang C requirements by pyworkforce, beside the figure `staffing` of `scripts/bench`.

    python3 -m venv peers && peers/bin/pip install pyworkforce==0.5.1
    peers/bin/python benches/peers/staffing.py

Prints agents and the median time of a requirement for 80 % within 20 s. pyworkforce has no model in which contacts give up,
so there is nothing to hold beside our Erlang A.
"""

import statistics
import time

from pyworkforce.queuing import ErlangC

# Erlang, and how often it is timed.
LOADS = [(10, 200), (100, 50), (1000, 5)]


def required(load):
    # Handle time 3 minutes, one interval of 3 minutes: as many calls as Erlang.
    queue = ErlangC(transactions=load, aht=3, asa=20 / 60, interval=3, shrinkage=0.0)
    return queue.required_positions(service_level=0.8)["raw_positions"]


def main():
    for load, times in LOADS:
        took = []
        for _ in range(times):
            start = time.perf_counter()
            agents = required(load)
            took.append(time.perf_counter() - start)
        print(f"Erlang C requirement, {load} Erlang, 80/20: {agents} agents, {statistics.median(took) * 1e6:.1f} us")


if __name__ == "__main__":
    main()
