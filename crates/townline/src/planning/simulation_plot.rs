//! Pictures of a simulation: who is at work, who is busy, who waits.

use simulation::{Center, IntervalMeans, Summary};

use super::plot::{Chart, Drawn, Series};
use super::simulation_out::moment;

/// One center through its time.
pub fn one(center: &Center, summary: &Summary) -> Chart {
    let values = |of: fn(&IntervalMeans) -> f64| summary.intervals.iter().map(of).collect::<Vec<f64>>();
    let mut series = vec![
        Series { name: "agents on duty".to_owned(), values: values(|one| one.on_duty), drawn: Drawn::Steps },
        Series { name: "agents busy".to_owned(), values: values(|one| one.busy), drawn: Drawn::Line },
        Series { name: "waiting, mean".to_owned(), values: values(|one| one.waiting), drawn: Drawn::Line },
        Series {
            name: "waiting, up to 9 in 10 lives".to_owned(),
            values: vec![0.0; summary.intervals.len()],
            drawn: Drawn::Band { upper: values(|interval| interval.waiting_90) },
        },
    ];
    if values(|one| one.waiting_90).iter().all(|waiting| *waiting == 0.0) {
        series.pop();
    }
    chart(
        center.name().to_owned(),
        center,
        series,
        format!("{} Most wait {}.", peak_of_duty(summary), peak_of_waiting(summary, center)),
    )
}

/// Two plans through the same time.
pub fn two(centers: [&Center; 2], summaries: [&Summary; 2]) -> Chart {
    let names = centers.map(Center::name);
    let series_of = |nth: usize| {
        let intervals = &summaries[nth].intervals;
        let values = |of: fn(&IntervalMeans) -> f64| intervals.iter().map(of).collect::<Vec<f64>>();
        let plan = ["first", "second"][nth];
        [
            Series {
                name: format!("waiting, {plan}"),
                values: values(|one| one.waiting),
                drawn: Drawn::Line,
            },
            Series {
                name: format!("on duty, {plan}"),
                values: values(|one| one.on_duty),
                drawn: Drawn::Steps,
            },
        ]
    };
    let series = [series_of(0), series_of(1)].concat();
    let peak = |nth: usize| peak_of_waiting(summaries[nth], centers[nth]);
    let description = format!("In the first plan most wait {}, in the second {}.", peak(0), peak(1));
    chart(format!("{} and {}", names[0], names[1]), centers[0], series, description)
}

fn chart(title: String, center: &Center, series: Vec<Series>, description: String) -> Chart {
    let times = (0..center.intervals()).map(|nth| moment(nth as f64 * center.interval_s())).collect();
    let vertical = "agents, contacts waiting".to_owned();
    Chart { title, description, vertical, times, series, ahead_from: None }
}

fn peak_of_duty(summary: &Summary) -> String {
    let most = summary.intervals.iter().map(|interval| interval.on_duty).fold(0.0, f64::max);
    format!("At most {most:.0} agents are on duty.")
}

fn peak_of_waiting(summary: &Summary, center: &Center) -> String {
    let waiting = summary.intervals.iter().map(|interval| interval.waiting).enumerate();
    let (nth, most) = waiting.fold((0, 0.0), |most, one| if one.1 > most.1 { one } else { most });
    format!("at {}: {most:.1} in the mean", moment((nth + 1) as f64 * center.interval_s()))
}
