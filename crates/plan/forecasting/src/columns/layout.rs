//! Which columns there are, block by block, with their priors.

use jiff::civil::Date;

use super::{
    Columns, Group, MONTH_HARMONICS, TURN_DAYS, WEEKEND_HARMONICS, YEAR_HARMONICS, YEAR_WEEKS, deviation,
};
use crate::Known;

impl Columns {
    pub(super) fn lay_out_level(&mut self) {
        for knot in 0..self.knots {
            self.groups.push(Group::Level);
            match knot {
                // Counts are centered before, so the level begins somewhere near zero.
                0 => self.prior.near_zero(0, 3.0),
                knot => self.prior.near_previous(knot, deviation::LEVEL_STEP),
            }
        }
    }

    pub(super) fn lay_out_calendar(&mut self) {
        let harmonic = |pair: usize| (pair / 2 + 1) as f64;
        self.at.weekday = self.block(Group::Weekday, 7, |_| deviation::WEEKDAY);
        if self.yearly {
            self.at.year =
                self.block(Group::Year, 2 * YEAR_HARMONICS, |pair| deviation::YEAR / harmonic(pair));
            self.at.weekend_year = self
                .block(Group::Year, 2 * WEEKEND_HARMONICS, |pair| deviation::WEEKEND_YEAR / harmonic(pair));
            self.at.year_week = self.block(Group::Year, YEAR_WEEKS, |_| deviation::YEAR_WEEK);
            self.at.turn = self.block(Group::Holiday, TURN_DAYS as usize, |_| deviation::TURN_OF_YEAR);
            self.at.turn_weekend =
                self.block(Group::Holiday, TURN_DAYS as usize, |_| deviation::TURN_OF_YEAR);
        }
        self.at.month =
            self.block(Group::Month, 2 * MONTH_HARMONICS, |pair| deviation::MONTH / harmonic(pair));
        self.at.month_edge = self.block(Group::Month, 3, |_| deviation::MONTH_EDGE);
    }

    pub(super) fn lay_out_holidays(&mut self, known: &Known, last: Date) {
        self.at.around = self.block(Group::Holiday, 7, |column| match column {
            0 | 1 => deviation::HOLIDAY,
            _ => deviation::AROUND_HOLIDAY,
        });
        self.at.closure = self.block(Group::Holiday, 2, |_| deviation::AFTER_CLOSURE);
        let met = known.holidays.range(self.first..=last);
        let names: Vec<String> =
            met.filter_map(|(date, _)| known.holiday(*date).map(str::to_owned)).collect();
        for name in names {
            if !self.holidays.contains_key(&name) {
                let column = self.block(Group::Holiday, 1, |_| deviation::HOLIDAY);
                self.holidays.insert(name, column);
            }
        }
    }
}
