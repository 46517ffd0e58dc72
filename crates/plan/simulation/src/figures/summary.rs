//! All replications together: which figures there are, what each is a sum of and over, and how two plans differ.

use super::{Estimate, QueueCounts, Ratio, Replication};
use crate::center::{Center, Counted, Queue};

/// What a figure is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A queue, by name.
    Queue(String),
    /// A team, by name.
    Team(String),
}

/// One figure of a queue or team.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Whose.
    pub subject: Subject,
    /// What: lower case, unit last.
    pub name: &'static str,
    /// Mean and interval; `None` where nothing was counted, such as the speed of answer of nobody.
    pub estimate: Option<Estimate>,
    replications: Ratio,
}

/// How much a figure of one plan is above that of another.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Whose.
    pub subject: Subject,
    /// What.
    pub name: &'static str,
    /// In the first plan.
    pub first: Option<Estimate>,
    /// In the second plan.
    pub second: Option<Estimate>,
    /// Second less first, with the interval of the paired difference.
    pub change: Option<Estimate>,
}

/// Means over replications of what is seen in one interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IntervalMeans {
    /// Seconds from the start to its end.
    pub until_s: f64,
    /// Contacts offered; e-mail left out.
    pub offered: f64,
    /// Share of these answered in time.
    pub service_level: Option<f64>,
    /// Share of these that gave up.
    pub abandoned: Option<f64>,
    /// Calls and chats waiting at its end, promised call-backs too.
    pub waiting: f64,
    /// Nine in ten replications have no more waiting.
    pub waiting_90: f64,
    /// E-mail waiting at its end.
    pub backlog: f64,
    /// Agents busy at its end.
    pub busy: f64,
    /// Agents on duty at its end.
    pub on_duty: f64,
}

/// What all replications come to.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// Figures of every queue, then of every team.
    pub figures: Vec<Figure>,
    /// The way through the time.
    pub intervals: Vec<IntervalMeans>,
    /// How many replications.
    pub replications: usize,
    /// Things that happened in all of them.
    pub events: u64,
}

/// What a figure is a sum of, and over what.
type Parts = (f64, f64);

/// A figure's name, and how a replication's counts of a queue make it.
type Definition = (&'static str, fn(&QueueCounts) -> Parts);

impl Summary {
    /// The figures of a center from replications of it, in order of their numbers.
    pub fn of(center: &Center, replications: &[Replication]) -> Self {
        let queues = center.queues.iter().enumerate();
        let of_queues = queues.flat_map(|(nth, queue)| queue_figures(center, nth, queue, replications));
        let teams = center.teams.iter().enumerate();
        let of_teams = teams.flat_map(|(nth, team)| team_figures(nth, &team.name, replications));
        Self {
            figures: of_queues.chain(of_teams).collect(),
            intervals: (0..center.intervals()).map(|nth| interval(center, nth, replications)).collect(),
            replications: replications.len(),
            events: replications.iter().map(|replication| replication.events).sum(),
        }
    }

    /// The figure of that name.
    pub fn figure(&self, subject: &Subject, name: &str) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.subject == *subject && figure.name == name)
    }

    /// The widest half-width among the service levels; `None` while a single replication has none.
    pub fn service_level_half_width(&self) -> Option<f64> {
        let levels = self.figures.iter().filter(|figure| figure.name == SERVICE_LEVEL);
        let widths = levels.filter_map(|figure| figure.estimate).map(|estimate| estimate.half_width);
        widths.reduce(|widest, one| Some(f64::max(widest?, one?))).flatten()
    }

    /// How another plan differs, figure by figure, where both have it. Both must come from the same seed and numbers, so
    /// that they met the same contacts.
    pub fn compare(&self, other: &Self) -> Vec<Difference> {
        let both = self.figures.iter().filter_map(|first| {
            let second = other.figure(&first.subject, first.name)?;
            Some(Difference {
                subject: first.subject.clone(),
                name: first.name,
                first: first.estimate,
                second: second.estimate,
                change: second.replications.less(&first.replications),
            })
        });
        both.collect()
    }
}

const SERVICE_LEVEL: &str = "service_level";

fn figure(subject: Subject, name: &'static str, parts: impl Iterator<Item = Parts>) -> Figure {
    let mut replications = Ratio::default();
    parts.for_each(|(above, below)| replications.add(above, below));
    Figure { subject, name, estimate: replications.estimate(), replications }
}

fn queue_figures(center: &Center, nth: usize, queue: &Queue, replications: &[Replication]) -> Vec<Figure> {
    let subject = || Subject::Queue(queue.name.clone());
    let counted = |(name, parts): Definition| {
        figure(subject(), name, replications.iter().map(|one| parts(&one.queues[nth])))
    };
    let mut figures: Vec<Figure> = always().into_iter().map(counted).collect();
    figures.insert(3, counted((SERVICE_LEVEL, service_level(queue.counted))));
    let teams: Vec<usize> = queue.reach.iter().map(|reach| usize::from(reach.team)).collect();
    let occupancy = replications.iter().map(|one| busy_share(one, &teams));
    figures.insert(7, figure(subject(), "occupancy", occupancy));
    figures.extend(where_configured(center, nth).into_iter().map(counted));
    figures
}

/// Figures that every queue has.
fn always() -> Vec<Definition> {
    vec![
        ("offered", |counts| (counts.offered as f64, 1.0)),
        ("answered", |counts| (counts.answered as f64, 1.0)),
        ("abandoned", |counts| (counts.abandoned as f64, 1.0)),
        ("abandoned_share", |counts| (counts.abandoned as f64, counts.offered as f64)),
        ("speed_of_answer_s", |counts| (counts.wait_answered_s, counts.answered as f64)),
        ("wait_s", |counts| (counts.wait_all_s, counts.offered as f64)),
        ("talk_s", |counts| (counts.talk_s, counts.finished as f64)),
    ]
}

fn service_level(counted: Counted) -> fn(&QueueCounts) -> Parts {
    match counted {
        Counted::OverOffered => |counts| (counts.answered_within as f64, counts.offered as f64),
        Counted::OverAnswered => |counts| (counts.answered_within as f64, counts.answered as f64),
        Counted::LessShortAbandons => {
            |counts| (counts.answered_within as f64, (counts.offered - counts.abandoned_within) as f64)
        }
        Counted::AnsweredOrAbandoned => {
            |counts| ((counts.answered_within + counts.abandoned_within) as f64, counts.offered as f64)
        }
    }
}

/// Figures that only queues with a menu, deadline, call-backs and so on have; those left over, where there are any.
fn where_configured(center: &Center, nth: usize) -> Vec<Definition> {
    let queue = &center.queues[nth];
    let receives = |to: u16| usize::from(to) == nth;
    let passed_on = center.queues.iter().any(|one| one.transfer.as_ref().is_some_and(|t| receives(t.to)));
    let switched = center.queues.iter().any(|one| one.switch.as_ref().is_some_and(|s| receives(s.to)));
    let configured: [(bool, Definition); 11] = [
        (queue.menu.is_some(), ("contained", |counts| (counts.contained as f64, 1.0))),
        (queue.menu.is_some(), ("hung_up_in_menu", |counts| (counts.hung_up as f64, 1.0))),
        (!queue.arrivals.outages.is_empty(), ("turned_away", |counts| (counts.turned_away as f64, 1.0))),
        (queue.waiting_max.is_some(), ("busy_tone", |counts| (counts.busy_tone as f64, 1.0))),
        (queue.again.is_some() || switched, ("came_again", |counts| (counts.came_again as f64, 1.0))),
        (passed_on, ("passed_on_to_it", |counts| (counts.passed_on as f64, 1.0))),
        (queue.call_back.is_some(), ("promised", |counts| (counts.promised as f64, 1.0))),
        (queue.call_back.is_some(), ("not_reached", |counts| (counts.not_reached as f64, 1.0))),
        (
            queue.call_back.is_some(),
            ("call_back_wait_s", |counts| (counts.wait_call_back_s, counts.called_back as f64)),
        ),
        (
            queue.deadline_s.is_some(),
            ("in_time_share", |counts| (counts.finished_in_time as f64, counts.offered as f64)),
        ),
        (true, ("left_over", |counts| (counts.left_over as f64, 1.0))),
    ];
    configured.into_iter().filter(|(has, _)| *has).map(|(_, definition)| definition).collect()
}

fn team_figures(nth: usize, name: &str, replications: &[Replication]) -> [Figure; 2] {
    let subject = || Subject::Team(name.to_owned());
    let hours = replications.iter().map(|one| (one.teams[nth].on_duty_s / 3600.0, 1.0));
    let occupancy = replications.iter().map(|one| busy_share(one, &[nth]));
    [figure(subject(), "on_duty_h", hours), figure(subject(), "occupancy", occupancy)]
}

/// Time with something in hand over time on duty, of these teams together.
fn busy_share(replication: &Replication, teams: &[usize]) -> Parts {
    let sum = |of: fn(&super::TeamCounts) -> f64| teams.iter().map(|nth| of(&replication.teams[*nth])).sum();
    (sum(|team| team.busy_s), sum(|team| team.on_duty_s))
}

fn interval(center: &Center, nth: usize, replications: &[Replication]) -> IntervalMeans {
    let all = || replications.iter().map(|one| one.intervals[nth]);
    let count = replications.len().max(1) as f64;
    let offered: f64 = all().map(|interval| interval.offered as f64).sum();
    let share = |part: f64| (offered > 0.0).then(|| part / offered);
    let mut waiting: Vec<u32> = all().map(|interval| interval.waiting).collect();
    waiting.sort_unstable();
    let nine_in_ten = (waiting.len() * 9).div_ceil(10).saturating_sub(1);
    IntervalMeans {
        until_s: f64::min((nth + 1) as f64 * center.interval_s, center.horizon_s),
        offered: offered / count,
        service_level: share(all().map(|interval| interval.answered_within as f64).sum()),
        abandoned: share(all().map(|interval| interval.abandoned as f64).sum()),
        waiting: waiting.iter().map(|one| f64::from(*one)).sum::<f64>() / count,
        waiting_90: waiting.get(nine_in_ten).copied().map_or(0.0, f64::from),
        backlog: all().map(|interval| f64::from(interval.backlog)).sum::<f64>() / count,
        busy: all().map(|interval| f64::from(interval.busy)).sum::<f64>() / count,
        on_duty: all().map(|interval| f64::from(interval.on_duty)).sum::<f64>() / count,
    }
}
