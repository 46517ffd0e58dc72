#!/usr/bin/env python3
"""Makes recurrences.csv: recurrence rules with their dates, worked out by python-dateutil.

Usage: python3 make_recurrences.py > recurrences.csv
"""

import csv
import random
import sys
from datetime import datetime

from dateutil.rrule import rrulestr

RULES = 400
DATES_MAX = 12
WEEKDAYS = "MO TU WE TH FR SA SU".split()


def some(chance, values, most=3):
    return sorted(chance.sample(values, chance.randint(1, most)))


def joined(values):
    return ",".join(str(value) for value in values)


def a_rule(chance):
    frequency = chance.choice(["YEARLY", "YEARLY", "YEARLY", "MONTHLY", "MONTHLY", "WEEKLY", "DAILY"])
    parts = [f"FREQ={frequency}"]
    if chance.random() < 0.3:
        parts.append(f"INTERVAL={chance.randint(2, 5)}")
    if chance.random() < 0.6:
        parts.append("BYMONTH=" + joined(some(chance, range(1, 13))))
    if frequency != "WEEKLY" and chance.random() < 0.35:
        parts.append("BYMONTHDAY=" + joined(some(chance, [*range(1, 32), *range(-5, 0)])))
    if chance.random() < 0.5:
        days = some(chance, WEEKDAYS)
        in_months = frequency == "MONTHLY" or (frequency == "YEARLY" and "BYMONTH" in parts[-1])
        if in_months and chance.random() < 0.7 and "BYMONTHDAY" not in joined(parts):
            days = [f"{chance.choice([1, 2, 3, 4, -1, -2])}{day}" for day in days]
        elif frequency == "YEARLY" and len(parts) == 1 and chance.random() < 0.7:
            days = [f"{chance.choice([1, 7, 20, 52, -1, -30])}{day}" for day in days]
        parts.append("BYDAY=" + joined(days))
        if frequency in ("YEARLY", "MONTHLY") and chance.random() < 0.3:
            parts.append("BYSETPOS=" + joined(some(chance, [1, 2, 3, -1, -2], 2)))
    if frequency == "WEEKLY" and chance.random() < 0.4:
        parts.append("WKST=SU")
    chance.shuffle(parts)
    return ";".join(parts)


def dates_of(rule, start, length):
    dates = []
    for at in rrulestr(rule, dtstart=start):
        if len(dates) == length or at.year > 2100:
            break
        dates.append(at)
    return dates


def main():
    chance = random.Random(311)
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(["rule", "dates"])
    written = 0
    while written < RULES:
        rule = a_rule(chance)
        earliest = datetime(chance.randint(1995, 2030), chance.randint(1, 12), chance.randint(1, 28))
        first = dates_of(rule, earliest, 1)
        # A start that the rule does not want is undefined in RFC 5545, so series start on a day of theirs.
        dates = dates_of(rule, first[0], DATES_MAX) if first else []
        if len(dates) < 2:
            continue
        end = f"COUNT={len(dates)}" if written % 2 else f"UNTIL={dates[-1]:%Y%m%d}"
        table.writerow([f"{rule};{end}", " ".join(f"{at:%Y%m%d}" for at in dates)])
        written += 1


main()
