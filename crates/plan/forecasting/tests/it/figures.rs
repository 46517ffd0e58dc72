//! Accuracy on real series beside the plain forecasts; deterministic, so it is held like any other fact.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use forecasting::{Accuracy, Interval, Known, Method, Origins, Series};
use jiff::civil::{Date, DateTime, Time};

/// A file of the shared city data, unpacked.
fn shared(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/data");
    let bytes = std::fs::read(folder.join(name)).unwrap();
    let mut text = String::new();
    match name.ends_with(".gz") {
        true => flate2::read::MultiGzDecoder::new(&bytes[..]).read_to_string(&mut text).unwrap(),
        false => (&bytes[..]).read_to_string(&mut text).unwrap(),
    };
    text
}

/// The bank's five-minute calls by half-hour, 07:00 to 21:00.
pub(crate) fn bank() -> Series {
    let mut halves: BTreeMap<DateTime, f64> = BTreeMap::new();
    for row in
        csv::Reader::from_reader(shared("bank-calls-5min/bank_calls_5min_2003.csv.gz").as_bytes()).records()
    {
        let row = row.unwrap();
        let at: DateTime = row[0].replace(' ', "T").parse().unwrap();
        let half = Time::new(at.hour(), at.minute() / 30 * 30, 0, 0).unwrap();
        if at.hour() < 21 {
            *halves.entry(at.date().to_datetime(half)).or_default() += row[1].parse::<f64>().unwrap();
        }
    }
    let records: Vec<_> = halves.into_iter().collect();
    Series::new(Interval::of_minutes(30).unwrap(), &records).unwrap()
}

fn vancouver() -> Series {
    let text = shared("vancouver-311-calls/vancouver_311_daily_contact_centre_metrics.csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let record = |row: csv::StringRecord| {
        let date: Date = row[0].parse().unwrap();
        (date.to_datetime(Time::midnight()), row[1].parse::<f64>().unwrap())
    };
    let records: Vec<_> = reader.records().map(|row| record(row.unwrap())).collect();
    Series::new(Interval::DAY, &records).unwrap()
}

fn us_holidays(series: &Series) -> Known {
    let federal = calendar::Holidays::us_federal();
    let days = series.days()[0].date.series(jiff::Span::new().days(1));
    let days = days.take_while(|date| *date <= series.last_date());
    let holidays = days.filter_map(|date| Some((date, federal.on(date)?.name))).collect();
    Known { holidays, ..Known::default() }
}

fn accuracy(series: &Series, known: &Known, origins: Origins, method: Method) -> Accuracy {
    let origins = origins.of(series).unwrap();
    let outcomes: Vec<_> =
        origins.iter().flat_map(|origin| origin.outcomes(method, known).unwrap()).collect();
    Accuracy::over(outcomes.iter(), origins[0].naive_error()).unwrap()
}

#[test]
fn bank_half_hours_five_days_ahead_reach_their_figures() {
    let (series, origins) = (bank(), Origins { count: 20, step: 84, horizon: 140 });
    let ours = accuracy(&series, &us_holidays(&series), origins, Method::Townline);
    assert!(ours.wape <= 0.0635 && ours.wql <= 0.0506, "{ours:?}");
    assert!((0.78..=0.82).contains(&ours.cover80), "{ours:?}");
    assert!(ours.wape > ours.poisson_floor, "too good to be true: {ours:?}");
    for method in Method::ALL.into_iter().skip(1) {
        assert!(ours.wape < accuracy(&series, &Known::default(), origins, method).wape);
    }
}

#[test]
fn vancouver_days_four_weeks_ahead_beat_every_plain_forecast() {
    let (series, origins) = (vancouver(), Origins { count: 13, step: 28, horizon: 28 });
    let ours = accuracy(&series, &Known::default(), origins, Method::Townline);
    assert!((0.78..=0.82).contains(&ours.cover80), "{ours:?}");
    // 5 % below the best of the packages in `benches/peers/forecasting.md`.
    assert!(ours.wape <= 0.0994, "{ours:?}");
    for method in Method::ALL.into_iter().skip(1) {
        let plain = accuracy(&series, &Known::default(), origins, method);
        assert!(ours.wape < 0.75 * plain.wape && ours.wql < 0.75 * plain.wql, "{ours:?} {plain:?}");
    }
}

/// The last moment differs from run to run of a planner; the figures must not hang on it.
#[test]
fn the_bank_figures_hold_at_other_spacings_of_the_origins() {
    let series = bank();
    let known = us_holidays(&series);
    for step in [28, 56, 112, 140] {
        let ours = accuracy(&series, &known, Origins { count: 18, step, horizon: 140 }, Method::Townline);
        assert!(ours.wape <= 0.0635 && ours.wql <= 0.0506, "every {step}: {ours:?}");
    }
}
