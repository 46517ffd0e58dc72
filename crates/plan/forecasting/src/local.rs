//! What has changed lately: level, weekdays and the day effect that carries over from day to day.
//!
//! The calendar regression moves slowly, by design. On top of it the last weeks set the level and the weekday pattern, and
//! the last days set a day effect that fades by the day. How fast each follows is a [`Scheme`]; several are tried on
//! past origins and share the forecast by how well they did there.

/// How fast the recent past is followed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Scheme {
    /// Days after which a day counts half in the level.
    level_half_life_days: f64,
    /// Share of a day's surprise that enters the day effect.
    effect_gain: f64,
}

/// The schemes that compete.
pub(crate) const SCHEMES: [Scheme; 4] = [
    Scheme { level_half_life_days: 30.0, effect_gain: 0.0 },
    Scheme { level_half_life_days: 30.0, effect_gain: 0.5 },
    Scheme { level_half_life_days: 8.0, effect_gain: 0.0 },
    Scheme { level_half_life_days: 90.0, effect_gain: 0.25 },
];

/// Share of the day effect that is left a day later.
const EFFECT_KEPT: f64 = 0.85;
/// Days after which a day counts half in the weekday pattern.
const WEEKDAY_HALF_LIFE_DAYS: f64 = 120.0;
/// Weekdays are taken to be as the regression says until this many of each have been seen.
const WEEKDAY_CAUTION: f64 = 3.0;
/// Days looked back at for the level; the older ones weigh nothing.
const LOOK_BACK_DAYS: usize = 400;
/// Days looked back at for the day effect.
const EFFECT_DAYS: usize = 60;

/// A past day beside what the regression says about it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Past {
    pub(crate) contacts: f64,
    /// What the regression alone expects in the intervals with records.
    pub(crate) expected: f64,
    pub(crate) weekday: usize,
    pub(crate) trust: f64,
}

/// The recent past, on the log scale and on top of the regression.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Local {
    pub(crate) level: f64,
    pub(crate) weekday: [f64; 7],
    pub(crate) effect: f64,
}

impl Local {
    /// Learns from the days up to now.
    pub(crate) fn learn(scheme: Scheme, past: &[Past], dispersion: f64) -> Local {
        let past = &past[past.len().saturating_sub(LOOK_BACK_DAYS)..];
        let level = ratio(past, scheme.level_half_life_days, dispersion, |_| true).ln();
        let weekday = weekdays(past, dispersion);
        let mut local = Local { level, weekday, effect: 0.0 };
        for day in &past[past.len().saturating_sub(EFFECT_DAYS)..] {
            local.follow(day, scheme.effect_gain, dispersion);
        }
        local
    }

    /// What it adds to the log mean of a day `lead` days ahead; the first day ahead is 1.
    pub(crate) fn ahead(&self, weekday: usize, lead: usize) -> f64 {
        self.level + self.weekday[weekday] + self.effect * EFFECT_KEPT.powi(lead as i32)
    }

    fn follow(&mut self, day: &Past, gain: f64, dispersion: f64) {
        let before = self.effect * EFFECT_KEPT;
        let expected = day.expected * (self.level + self.weekday[day.weekday] + before).exp();
        let surprise = (day.contacts / expected - 1.0).clamp(-0.8, 1.5);
        // A small day says little about the effect: most of its surprise is chance.
        let says = day.trust * dispersion * expected / (1.0 + dispersion * expected);
        self.effect = before + gain * says * surprise;
    }
}

/// Contacts over what was expected, recent days first.
fn ratio(past: &[Past], half_life: f64, dispersion: f64, of: impl Fn(&Past) -> bool) -> f64 {
    let (contacts, expected) = sums(past, half_life, dispersion, of);
    (contacts + 1e-6) / (expected + 1e-6)
}

fn sums(past: &[Past], half_life: f64, dispersion: f64, of: impl Fn(&Past) -> bool) -> (f64, f64) {
    let fading = (-1.0 / half_life).exp2();
    let (mut weight, mut sums) = (1.0, (0.0, 0.0));
    for day in past.iter().rev() {
        if of(day) {
            let precision = weight * day.trust / (1.0 + dispersion * day.expected);
            sums.0 += precision * day.contacts;
            sums.1 += precision * day.expected;
        }
        weight *= fading;
    }
    sums
}

fn weekdays(past: &[Past], dispersion: f64) -> [f64; 7] {
    let level = ratio(past, WEEKDAY_HALF_LIFE_DAYS, dispersion, |_| true);
    std::array::from_fn(|weekday| {
        let on = |day: &Past| day.weekday == weekday;
        let (contacts, expected) = sums(past, WEEKDAY_HALF_LIFE_DAYS, dispersion, on);
        let seen: Vec<f64> =
            past.iter().rev().filter(|day| on(day)).take(8).map(|day| day.expected).collect();
        if seen.is_empty() {
            return 0.0;
        }
        let typical = level * seen.iter().sum::<f64>() / seen.len() as f64;
        let caution = WEEKDAY_CAUTION * typical / (1.0 + dispersion * typical);
        ((contacts + caution) / (expected * level + caution)).ln()
    })
}
