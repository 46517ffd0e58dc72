//! How a day's contacts spread over its intervals.

use crate::series::{Day, Opening};

/// Days after which a day counts half.
const HALF_LIFE_DAYS: f64 = 40.0;
/// A weekday's own shape is believed against the shape of all days once it rests on this many days of it...
const CAUTION_DAYS: f64 = 1.0;
/// ...and on this many contacts an interval.
const CAUTION_CONTACTS: f64 = 30.0;
/// Days looked back at; older ones weigh next to nothing.
const LOOK_BACK_DAYS: usize = 280;

/// Shares of a day's contacts by interval, for each weekday, Monday first; the open intervals of a weekday sum to 1.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Profile([Vec<f64>; 7]);

/// Weighted contacts of an interval, and the day scales they are held against.
#[derive(Clone, Copy, Default)]
struct Sum {
    contacts: f64,
    scale: f64,
}

impl Profile {
    /// Learns from days, of which each has as much say as it is trusted.
    pub(crate) fn learn(days: &[Day], trust: &[f64], opening: &Opening) -> Profile {
        let from = days.len().saturating_sub(LOOK_BACK_DAYS);
        let (days, trust) = (&days[from..], &trust[from..]);
        // Day scales need shares and shares need day scales; gaps are few, so two rounds are enough.
        let flat = Profile(std::array::from_fn(|weekday| equal_shares(opening.on(weekday))));
        (0..2).fold(flat, |profile, _| profile.again(days, trust, opening))
    }

    /// Share of the day's contacts that an interval gets.
    pub(crate) fn share(&self, weekday: usize, slot: usize) -> f64 {
        self.0[weekday][slot]
    }

    /// Share of an ordinary such day's contacts that falls into the intervals that have a record.
    pub(crate) fn exposure(&self, day: &Day) -> f64 {
        let shares = self.0[day.weekday()].iter().zip(&day.counts);
        shares.filter(|(_, count)| count.is_some()).map(|(share, _)| share).sum::<f64>().max(1e-3)
    }

    fn again(&self, days: &[Day], trust: &[f64], opening: &Opening) -> Profile {
        let slots = self.0[0].len();
        let mut sums = vec![[Sum::default(); 7]; slots];
        let mut seen = [0.0; 7];
        let fading = (-1.0 / HALF_LIFE_DAYS).exp2();
        let mut weight = 1.0;
        for (day, trust) in days.iter().zip(trust).rev() {
            self.gather(day, weight * trust, &mut sums);
            seen[day.weekday()] += weight * trust;
            weight *= fading;
        }
        Profile(std::array::from_fn(|weekday| shares(&sums, weekday, seen[weekday], opening.on(weekday))))
    }

    fn gather(&self, day: &Day, weight: f64, sums: &mut [[Sum; 7]]) {
        let weekday = day.weekday();
        let scale = day.total() / self.exposure(day);
        if scale <= 0.0 {
            return;
        }
        // Weighing by 1/scale would give quiet days the same say as busy ones; contacts are what is counted.
        for (sum, count) in sums.iter_mut().zip(&day.counts) {
            if let Some(count) = count {
                sum[weekday].contacts += weight * count;
                sum[weekday].scale += weight * scale;
            }
        }
    }
}

fn equal_shares(open: &[bool]) -> Vec<f64> {
    let count = open.iter().filter(|open| **open).count().max(1) as f64;
    open.iter().map(|open| if *open { 1.0 / count } else { 0.0 }).collect()
}

/// A weekday's shares, drawn towards those of all days as far as it rests on little.
fn shares(sums: &[[Sum; 7]], weekday: usize, seen: f64, open: &[bool]) -> Vec<f64> {
    let raw: Vec<f64> = sums
        .iter()
        .zip(open)
        .map(|(sum, open)| if *open { share(sum, weekday, seen) } else { 0.0 })
        .collect();
    let total: f64 = raw.iter().sum();
    if total > 0.0 { raw.iter().map(|share| share / total).collect() } else { equal_shares(open) }
}

fn share(sum: &[Sum; 7], weekday: usize, seen: f64) -> f64 {
    let all = sum.iter().fold(Sum::default(), |all, one| Sum {
        contacts: all.contacts + one.contacts,
        scale: all.scale + one.scale,
    });
    let common = if all.scale > 0.0 { all.contacts / all.scale } else { 0.0 };
    let own = sum[weekday];
    if own.scale <= 0.0 || seen <= 0.0 {
        return common;
    }
    let contacts_a_day = own.contacts / seen;
    let caution_days = CAUTION_DAYS + CAUTION_CONTACTS / contacts_a_day.max(0.1);
    let believed = seen / (seen + caution_days);
    believed * own.contacts / own.scale + (1.0 - believed) * common
}
