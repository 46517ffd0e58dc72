#!/usr/bin/env python3
"""Forecasts of well-known packages on the series and origins by which `townline forecast` is judged.

    python3 -m venv VENV && VENV/bin/pip install numpy pandas statsforecast prophet lightgbm scikit-learn holidays
    VENV/bin/python benches/peers/forecasting.py ../shared/data --townline target/release/townline

Every method sees only what was known at an origin and forecasts the same days; the table has one row a
method: WAPE, bias, weighted quantile loss (levels 0.1 to 0.9), cover of the 80 % range, processor
seconds an origin. `forecasting.md` beside this file holds the last table.
"""

import argparse
import json
import logging
import subprocess
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd

warnings.filterwarnings("ignore")
logging.getLogger("cmdstanpy").disabled = True
logging.getLogger("prophet").disabled = True
LEVELS = np.arange(0.1, 0.95, 0.1)
BC_HOLIDAYS = {"country": "CA", "subdiv": "BC"}


def vancouver(folder):
    """Daily calls offered, the two missing days filled from the week before."""
    file = folder / "vancouver-311-calls/vancouver_311_daily_contact_centre_metrics.csv"
    series = pd.read_csv(file, parse_dates=["Date"]).set_index("Date").CallsOffered.asfreq("D")
    return series.fillna(series.shift(7)).astype(float)


def bank(folder):
    """Calls of half-hours from 07:00 to 21:00 on the days there are."""
    frame = pd.read_csv(folder / "bank-calls-5min/bank_calls_5min_2003.csv.gz", parse_dates=["datetime"])
    frame = frame[frame.datetime.dt.hour < 21]
    return frame.groupby(frame.datetime.dt.floor("30min")).calls.sum().astype(float)


def around(mean, errors):
    """Quantiles: the point forecast times those of past relative errors."""
    return mean[:, None] * (1 + np.quantile(errors, LEVELS)[None, :])


def seasonal_naive(season):
    def forecast(past, future):
        reach = -(-len(future) // season) * season
        mean = np.tile(past.values[-season:], reach // season)[: len(future)]
        errors = past.values[season:] / np.maximum(past.values[:-season], 1) - 1
        return mean, around(mean, errors[-20 * season :])

    return forecast


def seasonal_mean(season, weeks=6):
    def forecast(past, future):
        block = past.values[-weeks * season :].reshape(weeks, season)
        reach = -(-len(future) // season)
        mean = np.tile(block.mean(0), reach)[: len(future)]
        return mean, around(mean, (block / np.maximum(block.mean(0), 1) - 1).ravel())

    return forecast


def of_statsforecast(model):
    def forecast(past, future):
        levels = [20, 40, 60, 80]
        found = model().forecast(y=past.values, h=len(future), level=levels)
        low = [found[f"lo-{level}"] for level in levels[::-1]]
        high = [found[f"hi-{level}"] for level in levels]
        return found["mean"], np.column_stack([*low, found["mean"], *high])

    return forecast


def prophet(country):
    from prophet import Prophet

    def forecast(past, future):
        # The week shrank along with the calls; the additive default is twice as far off.
        settings = {"interval_width": 0.8, "seasonality_mode": "multiplicative"}
        model = Prophet(**settings)
        if country:
            import holidays

            years = range(past.index[0].year, future[-1].year + 1)
            days = holidays.country_holidays(country["country"], subdiv=country["subdiv"], years=years)
            frame = pd.DataFrame([(pd.Timestamp(day), name) for day, name in days.items()], columns=["ds", "holiday"])
            model = Prophet(**settings, holidays=frame)
        model.fit(pd.DataFrame({"ds": past.index, "y": past.values}))
        frame = pd.DataFrame({"ds": future})
        mean = model.predict(frame).yhat.values
        draws = model.predictive_samples(frame)["yhat"]
        return mean, np.quantile(draws, LEVELS, axis=1).T

    return forecast


def lightgbm(lags, country):
    """Direct forecasts: calendar features and only such lags as are known for the whole horizon."""
    from lightgbm import LGBMRegressor

    def features(series, index):
        frame = pd.DataFrame(index=index)
        frame["weekday"], frame["year_day"] = index.dayofweek, index.dayofyear
        frame["month_day"], frame["minute"] = index.day, index.hour * 60 + index.minute
        if country:
            import holidays

            days = holidays.country_holidays(country["country"], subdiv=country["subdiv"], years=range(2009, 2026))
            flags = np.array([day in days for day in index.date], dtype=float)
            frame["holiday"] = flags
        position = {stamp: i for i, stamp in enumerate(series.index)}
        at = np.array([position[stamp] for stamp in index])
        for lag in lags:
            frame[f"lag_{lag}"] = np.where(at >= lag, series.values[np.maximum(at - lag, 0)], np.nan)
        shortest, season = lags[0], lags[1] - lags[0]
        means = series.rolling(4 * season).mean().values
        frame["mean"] = np.where(at >= shortest, means[np.maximum(at - shortest, 0)], np.nan)
        return frame

    def forecast(past, future):
        whole = pd.concat([past, pd.Series(np.nan, index=future)])
        known, coming = features(whole, past.index[lags[0] :]), features(whole, future)
        target = past.values[lags[0] :]
        settings = {"n_estimators": 200, "learning_rate": 0.05, "num_leaves": 31, "verbose": -1, "n_jobs": 1}
        mean = LGBMRegressor(**settings).fit(known, target).predict(coming)
        each = [
            LGBMRegressor(objective="quantile", alpha=level, **settings).fit(known, target).predict(coming)
            for level in LEVELS
        ]
        return mean, np.sort(np.column_stack(each), axis=1)

    return forecast


def score(series, method, horizon, step, origins):
    rows, began = [], time.process_time()
    for back in range(origins - 1, -1, -1):
        cut = len(series) - horizon - back * step
        past, real = series.iloc[:cut], series.iloc[cut : cut + horizon]
        mean, quantiles = method(past, real.index)
        rows.append((real.values, np.asarray(mean), np.asarray(quantiles)))
    cpu = (time.process_time() - began) / origins
    real, mean, quantiles = (np.concatenate(part) for part in zip(*rows))
    loss = np.where(real[:, None] >= quantiles, LEVELS, LEVELS - 1) * (real[:, None] - quantiles)
    return {
        "wape": np.abs(real - mean).sum() / real.sum(),
        "bias": (mean - real).sum() / real.sum(),
        "wql": 2 * loss.sum() / len(LEVELS) / real.sum(),
        "cover80": ((quantiles[:, 0] <= real) & (real <= quantiles[:, -1])).mean(),
        "cpu_s": cpu,
    }


def ours(program, file, arguments):
    """What `townline forecast score` says of itself."""
    command = [program, "forecast", "score", str(file), *arguments, "--format", "json"]
    methods = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["methods"]
    return next(method for method in methods if method["name"] == "townline")


def show(title, found):
    print(f"\n## {title}\n\n| method | WAPE | bias | wQL | cover 80 | CPU s an origin |\n|---|---|---|---|---|---|")
    for name, of in found.items():
        if isinstance(of, str):
            print(f"| {name} | {of} | | | | |", flush=True)
            continue
        print(
            f"| {name} | {100 * of['wape']:.2f} % | {100 * of['bias']:+.2f} % | {of['wql']:.4f} "
            f"| {100 * of['cover80']:.1f} % | {of['cpu_s']:.3f} |",
            flush=True,
        )


def measure(series, methods, horizon, step, origins):
    found = {}
    for name, make in methods.items():
        try:
            found[name] = score(series, make(), horizon, step, origins)
        except ImportError as missing:
            found[name] = f"not installed: {missing.name}"
    return found


def main():
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("data", type=Path)
    reader.add_argument("--townline", help="the program; its own score is added to the tables")
    arguments = reader.parse_args()

    def stats(name, **settings):
        import statsforecast.models

        return of_statsforecast(lambda: getattr(statsforecast.models, name)(**settings))

    def mstl(seasons):
        import statsforecast.models as models

        trend = models.AutoETS(model="ZZN")
        return of_statsforecast(lambda: models.MSTL(season_length=seasons, trend_forecaster=trend))

    daily = {
        "seasonal naive": lambda: seasonal_naive(7),
        "seasonal mean, 6 weeks": lambda: seasonal_mean(7),
        "AutoETS(7)": lambda: stats("AutoETS", season_length=7),
        "MSTL(7, 365)": lambda: mstl([7, 365]),
        "Prophet with holidays": lambda: prophet(BC_HOLIDAYS),
        "LightGBM with lags and holidays": lambda: lightgbm([28, 35, 42, 364, 371], BC_HOLIDAYS),
    }
    halves = {
        "seasonal naive": lambda: seasonal_naive(140),
        "seasonal mean, 6 weeks": lambda: seasonal_mean(140),
        "MSTL(28, 140)": lambda: mstl([28, 140]),
        "LightGBM with lags": lambda: lightgbm([140, 280, 420], None),
    }
    found = measure(vancouver(arguments.data), daily, 28, 28, 13)
    if arguments.townline:
        file = arguments.data / "vancouver-311-calls/vancouver_311_daily_contact_centre_metrics.csv"
        counts = ["--interval", "1d", "--horizon", "28", "--step", "28", "--origins", "13"]
        found["townline"] = ours(arguments.townline, file, [*counts, "--column", "CallsOffered"])
    show("Vancouver 311, calls a day, 28 days ahead, 13 origins", found)
    found = measure(bank(arguments.data), halves, 140, 84, 20)
    if arguments.townline:
        file = arguments.data / "bank-calls-5min/bank_calls_5min_2003.csv.gz"
        counts = ["--interval", "30m", "--horizon", "140", "--step", "84", "--origins", "20", "--holidays", "US"]
        found["townline"] = ours(arguments.townline, file, counts)
    show("Bank, calls a half-hour, 5 working days ahead, 20 origins", found)


if __name__ == "__main__":
    main()
