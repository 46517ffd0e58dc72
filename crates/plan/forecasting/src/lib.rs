//! Contacts per interval and per day, with ranges that are right as often as they say, and with reasons.
//!
//! A newcomer starts with three steps: a [`Series`] of counts, [`Fitted::new`] with what is [`Known`] about its days, and
//! [`Fitted::forecast`] for the [`days_ahead`]. What happens in between is a recipe planners can check:
//!
//! 1. **The calendar regression** (`regression`, `columns`): the log of a day's contacts is a slowly moving level plus day of
//!    the week, time of the year and of the month, holidays with the days around them, days after a closure, and whatever
//!    numbers the user gives. Counts vary more than chance; surge days lose their say.
//! 2. **The recent past** (`local`, `lags`): the last weeks correct level and weekdays, the last days leave an effect that fades,
//!    and trees look at what days before were like.
//! 3. **The profile** (`profile`, `within_day`): how a day of each weekday spreads over its intervals.
//! 4. **Rehearsals** (`rehearsal`, `ranges`): the same forecasts made at past origins decide how fast the recent past is
//!    followed, and how wide a range must be to hold as much as it says.
//!
//! Beside the recipe: [`Fitted::same_day`] takes in what has come by noon, [`coherent`] makes topics and channels sum to
//! their total, [`HandleTimes`] says how long contacts will take, and [`Origins`] scores any of it against plain methods.
//!
//! Nothing here reads a clock or a file; the same series gives the same forecast to the last bit.

mod accuracy;
mod baselines;
mod calibration;
mod coherence;
mod columns;
mod error;
mod forecast;
mod future;
mod gamma_poisson;
mod gaps;
mod handle_time;
mod interval;
mod known;
mod lags;
mod learned_holidays;
mod local;
mod model;
mod profile;
mod ranges;
mod regression;
mod rehearsal;
mod ridge;
mod rolling;
mod same_day;
mod series;
mod trees;
mod within_day;

pub use accuracy::{Accuracy, Outcome, SCORED_LEVELS};
pub use baselines::Baseline;
pub use coherence::{Sum, coherent};
pub use error::ForecastError;
pub use forecast::{DayForecast, Forecast, IntervalForecast, Reasons, WeekForecast};
pub use future::{DayAhead, days_ahead};
pub use gaps::Gaps;
pub use handle_time::{HandleTimeForecast, HandleTimes, Handled};
pub use interval::Interval;
pub use known::{Known, MarkedDays, Regressor, Unnamed};
pub use learned_holidays::LearnedHoliday;
pub use model::{DAYS_MIN, Fitted, Surge};
pub use rolling::{Method, Origin, Origins};
pub use series::{Day, Series};
pub use within_day::IntervalRegressor;
