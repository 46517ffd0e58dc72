"""M/M/50+M in Python: a plain heap, SimPy and Ciw, beside the figure `simulation` of `scripts/bench`.

    python3 -m venv peers && peers/bin/pip install simpy==4.1.2 ciw==3.2.7
    peers/bin/python benches/peers/simulation.py

48 calls a minute of a minute each, patience of two minutes, fifty agents. Events are arrivals, ends of calls and callers who
give up; time is processor time. Exact: 3.09 % give up, the mean wait is 3.71 s; each prints what it found.
"""

import heapq
import random
import time
from collections import deque

import ciw
import simpy

RATE, HANDLE_S, PATIENCE_S, AGENTS = 0.8, 60.0, 120.0, 50


def plain_heap(calls):
    """An event list and a deque; who gave up is left out when an agent comes to him."""
    random.seed(1)
    draw = random.expovariate
    events, waiting, free, came = [(draw(RATE), 0)], deque(), AGENTS, 0
    answered = gave_up = 0
    waited = 0.0
    while events:
        now, ends = heapq.heappop(events)
        if ends:
            answered += 1
            free += 1
            while waiting:
                since, until = waiting.popleft()
                if until > now:
                    free -= 1
                    waited += now - since
                    heapq.heappush(events, (now + draw(1 / HANDLE_S), 1))
                    break
                gave_up += 1
                waited += until - since
            continue
        came += 1
        if came < calls:
            heapq.heappush(events, (now + draw(RATE), 0))
        if free:
            free -= 1
            heapq.heappush(events, (now + draw(1 / HANDLE_S), 1))
        else:
            waiting.append((now, now + draw(1 / PATIENCE_S)))
    return came + answered + gave_up, gave_up / came, waited / came


def simpy_model(calls):
    random.seed(1)
    draw = random.expovariate
    environment = simpy.Environment()
    agents = simpy.Resource(environment, AGENTS)
    count = {"answered": 0, "gave_up": 0, "waited": 0.0}

    def call():
        came = environment.now
        with agents.request() as request:
            yield request | environment.timeout(draw(1 / PATIENCE_S))
            count["waited"] += environment.now - came
            if not request.triggered:
                count["gave_up"] += 1
                return
            yield environment.timeout(draw(1 / HANDLE_S))
            count["answered"] += 1

    def arrivals():
        for _ in range(calls):
            yield environment.timeout(draw(RATE))
            environment.process(call())

    environment.process(arrivals())
    environment.run()
    return calls + count["answered"] + count["gave_up"], count["gave_up"] / calls, count["waited"] / calls


def ciw_model(calls):
    ciw.seed(1)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(RATE)],
        service_distributions=[ciw.dists.Exponential(1 / HANDLE_S)],
        reneging_time_distributions=[ciw.dists.Exponential(1 / PATIENCE_S)],
        number_of_servers=[AGENTS],
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(calls / RATE)
    records = simulation.get_all_records()
    gave_up = sum(record.record_type == "renege" for record in records)
    waited = sum(record.waiting_time for record in records)
    return 2 * len(records), gave_up / len(records), waited / len(records)


def main():
    for name, model, calls in [
        ("plain heap", plain_heap, 500_000),
        (f"SimPy {simpy.__version__}", simpy_model, 100_000),
        (f"Ciw {ciw.__version__}", ciw_model, 100_000),
    ]:
        began = time.process_time()
        events, gave_up, wait = model(calls)
        took = time.process_time() - began
        print(f"{name}: {events / took:,.0f} events/s; {gave_up:.2%} give up, mean wait {wait:.2f} s")


if __name__ == "__main__":
    main()
