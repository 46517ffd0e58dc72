//! Working time: when a service is open, and when something promised is due.
//!
//! A newcomer should start at [`Calendar`]: it joins a time zone, a [`Week`] of opening hours and a set of
//! [`Holidays`], and answers two questions. *When is it due?* ([`Calendar::due_at`] with an [`Allowance`] such as
//! "4 working hours") and *how long did it take?* ([`Calendar::working_time_between`]). Administrators describe a
//! calendar as text; that description is [`CalendarSpec`].
//!
//! Three rules explain every answer:
//!
//! - **The wall clock decides.** A period opens at the first instant at which clocks in the zone show its opening
//!   time *or a later one*, and closes likewise. A time skipped when clocks go forward is therefore the moment of
//!   the change; a time shown twice when they go back counts when it is shown first. Time inside a period is real
//!   elapsed time, so a night shift is an hour shorter or longer when clocks change during it.
//! - **A period belongs to the day on which it opens**, also when it runs past midnight. A holiday removes the
//!   periods that open on it; a night shift that began the evening before runs to its end.
//! - **Nothing here reads a clock, a file or a network.** Zone data is compiled in ([`zone_data_version`]).
//!
//! ```
//! use calendar::{Allowance, Calendar, Holidays, Week};
//!
//! let week = Week::working_days(&"09:00-17:00".parse()?);
//! let office = Calendar::new("America/New_York", week, Holidays::us_federal())?;
//!
//! // Friday at 16:00: one hour before the weekend, three after it.
//! let received = "2026-05-08T16:00-04:00".parse()?;
//! let due = office.due_at(received, "4 working hours".parse::<Allowance>()?)?;
//! assert_eq!(due, "2026-05-11T12:00-04:00".parse()?);
//! assert_eq!(office.working_time_between(received, due).as_hours(), 4);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod allowance;
mod calendar;
mod due;
mod easter;
mod error;
mod federal;
mod holidays;
mod hours;
mod ics;
mod pause;
mod spans;
mod spec;
mod week;
mod yearly;
mod yearly_text;
mod zone;

pub use allowance::Allowance;
pub use calendar::{Calendar, Opening};
pub use error::CalendarError;
pub use holidays::{Holiday, HolidayKind, HolidayRule, Holidays};
pub use hours::Hours;
pub use ics::{IcsError, IcsProblem};
pub use pause::Pause;
pub use spec::{CalendarSpec, DateSpec, HolidaySet, RuleSpec, WeekSpec};
pub use week::Week;
pub use yearly::Yearly;
pub use zone::zone_data_version;
