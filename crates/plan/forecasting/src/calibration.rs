//! Ranges for intervals, days and weeks, each as wide as rehearsals of the like say.

use jiff::civil::Date;

use crate::Series;
use crate::forecast::monday;
use crate::profile::Profile;
use crate::ranges::{Place, Ranges};
use crate::regression::{DayTotal, Regression};
use crate::rehearsal::{self, Rehearsed, Shares};
use crate::series::Opening;
use crate::within_day::WithinDay;

/// Neighboring intervals err alike: this many of them stand for one independent error.
const ALIKE_INTERVALS: f64 = 10.0;
/// Neighboring days of a rehearsal err alike too...
const ALIKE_DAYS: f64 = 3.0;
/// ...and so do the same weeks seen from neighboring origins.
const ALIKE_WEEKS: f64 = 2.0;
/// Rehearsals know which days were surges and how much days vary from all of the history, so days are a little less certain.
const REHEARSED_TOO_WELL: f64 = 1.05;
/// Rehearsals whose intervals are looked at, at most; each needs a profile of its own.
const PROFILES_MAX: usize = 24;

/// How wide ranges must be.
#[derive(Debug)]
pub(crate) struct Calibration {
    pub(crate) intervals: Ranges,
    pub(crate) days: Ranges,
    /// Leads are those of the first day of the week.
    pub(crate) weeks: Ranges,
}

/// What was rehearsed, with what really came.
pub(crate) struct Rehearsals<'a> {
    pub(crate) series: &'a Series,
    pub(crate) opening: &'a Opening,
    pub(crate) within_day: &'a WithinDay,
    pub(crate) regression: &'a Regression,
    pub(crate) totals: &'a [DayTotal],
    pub(crate) rehearsed: &'a [Rehearsed],
    pub(crate) shares: &'a Shares,
}

impl Rehearsals<'_> {
    /// Learns all ranges.
    pub(crate) fn calibrate(&self) -> Calibration {
        let dispersion = self.regression.dispersion;
        let days = self.days();
        let of_days = Ranges::learn(&days, ALIKE_DAYS, dispersion).widened(REHEARSED_TOO_WELL);
        let intervals = match self.series.interval().is_day() {
            true => of_days.clone(),
            false => Ranges::learn(&self.intervals(), ALIKE_INTERVALS, 2.0 * dispersion),
        };
        let weeks = Ranges::learn(&self.weeks(&days), ALIKE_WEEKS, dispersion).widened(REHEARSED_TOO_WELL);
        Calibration { intervals, days: of_days, weeks }
    }

    fn days(&self) -> Vec<Place> {
        let place = |one: &Rehearsed| {
            let total = &self.totals[one.day];
            Place {
                lead: one.day + 1 - one.origin,
                mean: self.mean(one) * total.exposure,
                actual: total.contacts,
                weight: rehearsal::weight(one, self.rehearsed),
            }
        };
        self.rehearsed.iter().map(place).collect()
    }

    /// Days of a rehearsal summed by the week they lie in.
    fn weeks(&self, days: &[Place]) -> Vec<Place> {
        let mut weeks: Vec<((usize, Date), Place)> = Vec::new();
        for (one, day) in self.rehearsed.iter().zip(days) {
            let key = (one.origin, monday(self.totals[one.day].day.date));
            match weeks.last_mut().filter(|(last, _)| *last == key) {
                Some((_, week)) => {
                    week.mean += day.mean;
                    week.actual += day.actual;
                }
                None => weeks.push((key, *day)),
            }
        }
        weeks.into_iter().map(|(_, week)| week).collect()
    }

    fn intervals(&self) -> Vec<Place> {
        let mut places = Vec::new();
        let mut profiles: Vec<(usize, Profile)> = Vec::new();
        for one in self.rehearsed {
            if profiles.last().is_none_or(|(origin, _)| *origin != one.origin)
                && profiles.len() < PROFILES_MAX
            {
                profiles.push((one.origin, self.profile_at(one.origin)));
            }
            if let Some((_, profile)) = profiles.last().filter(|(origin, _)| *origin == one.origin) {
                self.intervals_of(one, profile, &mut places);
            }
        }
        places
    }

    fn profile_at(&self, origin: usize) -> Profile {
        Profile::learn(&self.series.days()[..origin], &self.regression.trust[..origin], self.opening)
    }

    fn intervals_of(&self, one: &Rehearsed, profile: &Profile, places: &mut Vec<Place>) {
        let (day, mean) = (&self.series.days()[one.day], self.mean(one));
        let weight = rehearsal::weight(one, self.rehearsed);
        let shares = self.within_day.shares(day.date, profile, self.opening);
        for (share, count) in shares.into_iter().zip(&day.counts) {
            if let Some(actual) = *count {
                let mean = mean * share;
                places.push(Place { lead: one.day + 1 - one.origin, mean, actual, weight });
            }
        }
    }

    fn mean(&self, one: &Rehearsed) -> f64 {
        rehearsal::combined(&one.means, self.shares)
    }
}
