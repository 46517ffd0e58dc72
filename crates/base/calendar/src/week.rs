//! The ordinary week, before holidays change it.

use jiff::civil::Weekday;

use crate::Hours;

/// Opening hours for each day of an ordinary week.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Week([Hours; 7]);

impl Week {
    /// Hours for each day, Monday first.
    pub const fn new(monday_first: [Hours; 7]) -> Week {
        Week(monday_first)
    }

    /// The same hours from Monday to Friday, closed on Saturday and Sunday.
    pub fn working_days(hours: &Hours) -> Week {
        let closed = Hours::closed;
        Week([hours.clone(), hours.clone(), hours.clone(), hours.clone(), hours.clone(), closed(), closed()])
    }

    /// Open at every hour of every day.
    pub fn always_open() -> Week {
        Week(std::array::from_fn(|_| Hours::all_day()))
    }

    /// The ordinary hours of a weekday.
    pub fn on(&self, weekday: Weekday) -> &Hours {
        let index = usize::from(weekday.to_monday_zero_offset().unsigned_abs());
        &self.0[index]
    }

    pub(crate) fn on_day(&self, day: i64) -> &Hours {
        // Day 0, 1970-01-01, was a Thursday.
        let index = usize::try_from((day + 3).rem_euclid(7)).expect("a remainder of 7 is not negative");
        &self.0[index]
    }
}
