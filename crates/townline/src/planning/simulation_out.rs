//! What a simulation found, as tables: figures with their intervals, the way through the time, two plans side by side.

use serde_json::{Map, Value, json};
use simulation::{Center, Difference, Estimate, Subject, Summary};

use super::table_out::{Cell, Column, Table};

/// What a run cost.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    pub seed: u64,
    pub cpu_s: f64,
}

/// A line for each figure, and what the run came to.
pub fn figures(summary: &Summary, cost: Cost) -> Table {
    let columns = [("of", 0), ("figure", 0), ("mean", 3), ("low", 3), ("high", 3)];
    let mut table = Table::new(Column::all(columns));
    for figure in &summary.figures {
        let [of, name] = named(&figure.subject, figure.name);
        let [mean, low, high] = cells(figure.estimate);
        table.add(vec![of, name, mean, low, high]);
    }
    let run = [
        ("replications", summary.replications as f64),
        ("events", summary.events as f64),
        ("cpu_s", cost.cpu_s),
    ];
    for (name, value) in run {
        let text = |text: &str| Cell::Text(text.to_owned());
        let none = || Cell::Number(None);
        table.add(vec![text("simulation"), text(name), Cell::Number(Some(value)), none(), none()]);
    }
    table
}

/// A line for each interval.
pub fn intervals(summary: &Summary, interval_s: f64) -> Table {
    let columns = [
        ("from", 0),
        ("offered", 2),
        ("service_level", 4),
        ("abandoned_share", 4),
        ("waiting", 2),
        ("waiting_9_in_10", 0),
        ("backlog", 2),
        ("busy", 2),
        ("on_duty", 2),
    ];
    let mut table = Table::new(Column::all(columns));
    for (nth, interval) in summary.intervals.iter().enumerate() {
        let numbers = [
            Some(interval.offered),
            interval.service_level,
            interval.abandoned,
            Some(interval.waiting),
            Some(interval.waiting_90),
            Some(interval.backlog),
            Some(interval.busy),
            Some(interval.on_duty),
        ];
        let from = Cell::Text(moment(nth as f64 * interval_s));
        table.add(std::iter::once(from).chain(numbers.map(Cell::Number)).collect());
    }
    table
}

/// A line for each figure that both plans have.
pub fn differences(differences: &[Difference]) -> Table {
    let columns = [
        ("of", 0),
        ("figure", 0),
        ("first", 3),
        ("second", 3),
        ("change", 3),
        ("low", 3),
        ("high", 3),
        ("clear", 0),
    ];
    let mut table = Table::new(Column::all(columns));
    for difference in differences {
        let [of, name] = named(&difference.subject, difference.name);
        let mean = |estimate: Option<Estimate>| Cell::Number(estimate.map(|one| one.mean));
        let [change, low, high] = cells(difference.change);
        let clear = Cell::Text(clear(difference.change).to_owned());
        table.add(vec![of, name, mean(difference.first), mean(difference.second), change, low, high, clear]);
    }
    table
}

/// Further fields of a JSON document.
pub fn document(center: &Center, summary: &Summary, cost: Cost) -> Map<String, Value> {
    let document = json!({
        "center": center.name(),
        "seed": cost.seed,
        "replications": summary.replications,
        "events": summary.events,
        "cpu_s": cost.cpu_s,
    });
    document.as_object().cloned().unwrap_or_default()
}

/// What the figures mean, and what should be known about them.
pub fn notes(center: &Center, summary: &Summary) -> Vec<String> {
    let levels = center.service_levels().map(|(queue, within_s, counted)| {
        format!("service_level of {queue}: within {within_s} s, {counted}")
    });
    let mut notes: Vec<String> = levels.collect();
    notes.push(
        "occupancy: time with a contact in hand, work after it included, over time on duty, breaks left out"
            .to_owned(),
    );
    notes.push(format!("low and high: 95 % intervals from {} replications", summary.replications));
    notes
}

/// `Mon 08:30`; from the second week on with its number.
pub fn moment(at_s: f64) -> String {
    let minutes = (at_s / 60.0).round() as u64;
    let (day, minute) = (minutes / 1440, minutes % 1440);
    let weekday = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][(day % 7) as usize];
    let week = if day < 7 { String::new() } else { format!("week {} ", day / 7 + 1) };
    format!("{week}{weekday} {:02}:{:02}", minute / 60, minute % 60)
}

fn named(subject: &Subject, figure: &str) -> [Cell; 2] {
    let of = match subject {
        Subject::Queue(name) => name.clone(),
        Subject::Team(name) => format!("team {name}"),
    };
    [Cell::Text(of), Cell::Text(figure.to_owned())]
}

fn cells(estimate: Option<Estimate>) -> [Cell; 3] {
    let [mean, low, high] = match estimate {
        Some(estimate) => [Some(estimate.mean), estimate.low(), estimate.high()],
        None => [None; 3],
    };
    [mean, low, high].map(Cell::Number)
}

/// Whether the change is beyond chance.
fn clear(change: Option<Estimate>) -> &'static str {
    match change.and_then(|change| Some((change.low()?, change.high()?))) {
        Some((low, high)) if low > 0.0 || high < 0.0 => "yes",
        Some(_) => "no",
        None => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_a_weekday_and_a_time() {
        assert_eq!(moment(0.0), "Mon 00:00");
        assert_eq!(moment(86_400.0 + 9.5 * 3600.0), "Tue 09:30");
        assert_eq!(moment(8.0 * 86_400.0), "week 2 Tue 00:00");
    }
}
