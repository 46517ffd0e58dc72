//! "Eighty percent within twenty seconds", in each of the ways in which people count it.

/// How contacts that gave up are counted in a service level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ServiceLevel {
    /// Answered in time over all offered: every abandonment counts against. The strictest.
    #[default]
    OverOffered,
    /// Answered in time over answered: abandonments are ignored, which flatters an overloaded center.
    OverAnswered,
    /// Answered in time over offered less those who gave up in that time.
    OverOfferedLessShortAbandons,
    /// Answered or given up in time, over offered: the share that is not kept waiting longer.
    AnsweredOrAbandoned,
    /// Share whose wait would be in time if they waited for ever.
    VirtualWait,
}

/// What became of offered contacts by a time limit; shares of all offered. "Within" includes the limit and waits of zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Within {
    /// Answered within the limit.
    pub answered_within: f64,
    /// Gave up within the limit.
    pub abandoned_within: f64,
    /// Answered, however late.
    pub answered: f64,
    /// Offered less those who gave up within the limit.
    pub not_abandoned_within: f64,
    /// Would be answered within the limit if they waited for ever.
    pub virtual_within: f64,
}

impl Within {
    /// The service level counted this way.
    pub fn share(&self, counted: ServiceLevel) -> f64 {
        match counted {
            ServiceLevel::OverOffered => self.answered_within,
            ServiceLevel::OverAnswered => ratio(self.answered_within, self.answered),
            ServiceLevel::OverOfferedLessShortAbandons => {
                ratio(self.answered_within, self.not_abandoned_within)
            }
            ServiceLevel::AnsweredOrAbandoned => self.answered_within + self.abandoned_within,
            ServiceLevel::VirtualWait => self.virtual_within,
        }
    }

    /// Answered within this limit, over offered less those who gave up within a shorter one.
    ///
    /// Some centers take only callers out who hang up at once: `short` is worked out with that shorter limit.
    pub fn share_less_short_calls(&self, short: &Within) -> f64 {
        ratio(self.answered_within, short.not_abandoned_within)
    }

    /// Answered within this limit or given up within a shorter one, over offered.
    pub fn share_with_short_calls(&self, short: &Within) -> f64 {
        self.answered_within + short.abandoned_within
    }
}

/// Shares above 1 by the last digit are rounding; nothing out of nothing is a full share.
fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { f64::min(1.0, part / whole) } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_published_count_gives_its_published_shares() {
        // 1,060 offered, 1,000 answered, 860 of them in 20 s; 20 gave up in 20 s, 10 in 5 s.
        let counted = |abandoned: f64| Within {
            answered_within: 860.0 / 1060.0,
            abandoned_within: abandoned / 1060.0,
            answered: 1000.0 / 1060.0,
            not_abandoned_within: 1.0 - abandoned / 1060.0,
            virtual_within: 0.0,
        };
        let (in_20_s, in_5_s) = (counted(20.0), counted(10.0));
        let percent = |share: f64| (share * 10_000.0).round() / 100.0;
        assert_eq!(percent(in_20_s.share(ServiceLevel::OverOffered)), 81.13);
        assert_eq!(percent(in_20_s.share(ServiceLevel::OverAnswered)), 86.0);
        assert_eq!(percent(in_20_s.share(ServiceLevel::OverOfferedLessShortAbandons)), 82.69);
        assert_eq!(percent(in_20_s.share(ServiceLevel::AnsweredOrAbandoned)), 83.02);
        assert_eq!(percent(in_20_s.share_with_short_calls(&in_5_s)), 82.08);
        assert_eq!(percent(in_20_s.share_less_short_calls(&in_5_s)), 81.9);
    }
}
