#!/usr/bin/env python3
"""Makes clock_changes.csv: working time around clock changes, counted minute by minute.

Usage: python3 make_clock_changes.py > clock_changes.csv

This shares nothing with the crate under test: zones come from Python's zoneinfo, and every minute around a clock
change is looked at on its own. The rule it applies is the one the crate documents: a time of day has come as soon
as clocks have shown it or a later one. So a minute is open when the latest time that clocks have shown so far
("shown" below, which stands still while clocks that went back catch up) lies inside an opening period.
"""

import csv
import sys
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

ZONES = [
    "America/New_York",
    "America/St_Johns",  # half-hour offset; changed its clocks at 00:01 until 2011
    "America/Havana",  # goes back from 01:00 to midnight
    "America/Sao_Paulo",  # used to skip midnight
    "Europe/London",
    "Africa/Casablanca",  # four changes in some years, around Ramadan
    "Antarctica/Troll",  # two hours at once
    "Asia/Tehran",  # half-hour offset, changes at midnight
    "Asia/Beirut",  # changes at midnight, back into the day before
    "Australia/Lord_Howe",  # half an hour
    "Australia/Adelaide",
    "Pacific/Chatham",  # 45-minute offset
    "Pacific/Apia",  # 30 December 2011 did not happen
    "America/Caracas",  # half an hour, twice, without daylight saving
    "Asia/Pyongyang",
    "Pacific/Kwajalein",  # 21 August 1993 did not happen
]
FIRST_YEAR, END_YEAR, CHANGES_MAX = 1993, 2026, 20
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)

# Minutes after midnight, Monday first; what lies past 1440 is on the next day.
OFFICE = [[(540, 750), (810, 1020)]] * 5 + [[], []]
NIGHT = [[(1320, 1800)]] * 7
DAWN = [[(90, 150), (180, 300)]] * 7
ALWAYS = [[(0, 1440)]] * 7
MIXED = [[(0, 30), (1425, 1470)], [(600, 1440)], [], [(1200, 1560)], [(120, 121), (1439, 1440)], [(1380, 2820)], [(60, 90)]]
CALENDARS = {"office": OFFICE, "night": NIGHT, "dawn": DAWN, "always": ALWAYS, "mixed": MIXED}
# What remains of a half day.
HALF = {"office": (0, 660), "night": (0, 1410), "dawn": (0, 100), "always": (0, 720), "mixed": (0, 1435)}


def wall(zone, at):
    return at.astimezone(zone).replace(tzinfo=None)


def clock_changes(zone):
    found, at = [], datetime(FIRST_YEAR, 1, 1, tzinfo=timezone.utc)
    while at.year < END_YEAR:
        then = at + DAY
        if zone.utcoffset_at(at) != zone.utcoffset_at(then):
            low, high = 0, 1440
            while high - low > 1:
                middle = (low + high) // 2
                if zone.utcoffset_at(at + middle * MINUTE) == zone.utcoffset_at(at):
                    low = middle
                else:
                    high = middle
            found.append(at + high * MINUTE)
        at = then
    leaps = [at for at in found if abs(zone.utcoffset_at(at) - zone.utcoffset_at(at - MINUTE)) > timedelta(hours=12)]
    return sorted(set(leaps) | set(found[-(CHANGES_MAX - len(leaps)):]))


class Zone:
    def __init__(self, name):
        self.info = ZoneInfo(name)

    def utcoffset_at(self, at):
        return at.astimezone(self.info).utcoffset()


class Window:
    """The minutes around a clock change."""

    def __init__(self, zone, change):
        self.start = change - 7 * DAY
        self.shown, latest = [], datetime.min
        for minute in range(24 * 60 * 24):
            latest = max(latest, wall(zone.info, self.start + minute * MINUTE))
            self.shown.append(latest)

    def index(self, at):
        return (at - self.start) // MINUTE

    def at(self, index):
        return self.start + index * MINUTE

    def first_showing(self, local):
        low, high = 0, len(self.shown)
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if self.shown[middle] >= local else (middle + 1, high)
        return low

    def owners(self, week, special):
        """For each minute the days whose periods it lies in."""
        owners = []
        for shown in self.shown:
            today = shown.replace(hour=0, minute=0, second=0)
            own = []
            for day in (today - DAY, today):
                minute = (shown - day) // MINUTE
                periods = special.get(day.date(), week[day.weekday()])
                if any(opens <= minute < closes for opens, closes in periods):
                    own.append(day)
            owners.append(own)
        return owners


def due_after_minutes(window, owners, start, minutes):
    index = start
    while minutes:
        minutes -= 1 if owners[index] else 0
        index += 1
    return window.at(index)


def due_after_days(window, owners, start, days):
    today = window.shown[start].replace(hour=0, minute=0, second=0)
    received_on = min(owners[start], default=today)
    last_minute = {}
    for index, own in enumerate(owners):
        for day in own:
            last_minute[day] = index
    following = sorted(day for day in last_minute if day > received_on)
    # A long night shift may end after the next day's own hours; that day then ends with it.
    return window.at(max(last_minute[day] for day in last_minute if day <= following[days - 1]) + 1)


def rows():
    for zone_name in ZONES:
        zone = Zone(zone_name)
        for number, change in enumerate(clock_changes(zone)):
            window = Window(zone, change)
            date = window.shown[window.index(change)].date()
            for kind, (name, week) in enumerate(CALENDARS.items()):
                mix = number * 5 + kind
                # From two days before the change to five hours after it.
                start = change - 48 * 60 * MINUTE + (mix * 397 % (53 * 60)) * MINUTE
                special, special_text = {}, []
                if mix % 3 == 0:
                    closed, half = date + (mix % 4 - 1) * DAY, date + mix % 4 * DAY
                    special[closed] = []
                    low, high = HALF[name]
                    ordinary = week[half.weekday()]
                    special[half] = [(max(o, low), min(c, high)) for o, c in ordinary if max(o, low) < min(c, high)]
                    special_text = [str(closed), str(half)]
                owners = window.owners(week, special)
                begin = window.index(start)
                minutes, days, calendar_days = 7 + mix * 61 % 1500, 1 + mix % 3, mix % 4
                until = start + (60 + mix * 283 % (4 * 1440)) * MINUTE
                shown = wall(zone.info, start)
                on_clock = window.at(window.first_showing(shown + calendar_days * DAY))
                yield [
                    zone_name,
                    name,
                    " ".join(special_text),
                    text(start),
                    minutes,
                    text(due_after_minutes(window, owners, begin, minutes)),
                    days,
                    text(due_after_days(window, owners, begin, days)),
                    calendar_days,
                    text(max(on_clock, start)),
                    text(until),
                    sum(1 for own in owners[begin : window.index(until)] if own),
                ]


def text(at):
    return at.strftime("%Y-%m-%dT%H:%MZ")


def main():
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(
        "zone calendar closed_and_half from working_minutes due working_days days_due calendar_days calendar_due until worked".split()
    )
    table.writerows(rows())


main()
