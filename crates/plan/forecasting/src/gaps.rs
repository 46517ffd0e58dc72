//! What a series lacks.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

use crate::Series;
use crate::series::{start_of, weekday};

/// Records that are missing where there usually are some. They are left out of every sum, never read as zero.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Gaps {
    /// Intervals of days with records, up to the last record.
    pub intervals: Vec<DateTime>,
    /// Days without any record on weekdays that usually have them: closures, or lost data.
    pub days: Vec<Date>,
}

impl Series {
    /// What is missing where at least half of the like intervals or days have records.
    pub fn gaps(&self) -> Gaps {
        Gaps { intervals: self.missing_intervals(), days: self.missing_days() }
    }

    fn missing_intervals(&self) -> Vec<DateTime> {
        let mut days_on = [0_usize; 7];
        let mut records_on = vec![[0_usize; 7]; self.interval().per_day()];
        for day in self.days() {
            days_on[day.weekday()] += 1;
            for (on, _) in records_on.iter_mut().zip(&day.counts).filter(|(_, count)| count.is_some()) {
                on[day.weekday()] += 1;
            }
        }
        let last = self.records().last().map(|(at, _)| at);
        let usual = |slot: usize, weekday: usize| 2 * records_on[slot][weekday] >= days_on[weekday].max(1);
        let missing = self.days().iter().flat_map(|day| {
            let slots = (0..day.counts.len()).filter(|slot| day.counts[*slot].is_none());
            let lacking = slots.filter(|slot| usual(*slot, day.weekday()));
            lacking.map(|slot| start_of(self.interval(), day.date, slot)).collect::<Vec<_>>()
        });
        missing.filter(|at| Some(*at) < last).collect()
    }

    fn missing_days(&self) -> Vec<Date> {
        let first = self.days()[0].date;
        let dates = || first.series(1.day()).take_while(|date| *date <= self.last_date());
        let mut there: BTreeMap<Date, bool> = dates().map(|date| (date, false)).collect();
        self.days().iter().for_each(|day| *there.entry(day.date).or_default() = true);
        let mut of_weekday = [(0_usize, 0_usize); 7];
        for (date, there) in &there {
            let (days, with) = &mut of_weekday[weekday(*date)];
            *days += 1;
            *with += usize::from(*there);
        }
        let usual = |date: &Date| 2 * of_weekday[weekday(*date)].1 >= of_weekday[weekday(*date)].0;
        dates().filter(|date| !there[date] && usual(date)).collect()
    }
}
