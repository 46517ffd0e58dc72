//! By which channel a request comes in, and at what time of the day.

use jiff::civil::Weekday;
use requests::Channel;

use crate::chance::{Chance, running_total};

/// Channels with their share at the beginning and at the end of the two years: the telephone loses, the app gains.
const MIX: [(Channel, f64, f64); 9] = [
    (Channel::Phone, 0.560, 0.440),
    (Channel::Web, 0.190, 0.215),
    (Channel::App, 0.120, 0.235),
    (Channel::Email, 0.045, 0.035),
    (Channel::Staff, 0.037, 0.018),
    (Channel::WalkIn, 0.018, 0.012),
    (Channel::Sms, 0.015, 0.020),
    (Channel::Chat, 0.010, 0.020),
    (Channel::Social, 0.005, 0.005),
];

/// Contacts by hour while somebody must be there: open from 7 to 19, busiest in the morning, again after lunch.
const STAFFED_HOURS: [f64; 24] = [
    0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 3.0, 8.0, 11.0, 11.5, 10.5, 8.5, 9.5, 10.0, 9.5, 8.0, 5.5, 3.0, 0.0,
    0.0, 0.0, 0.0, 0.0,
];
/// Contacts by hour where nobody needs to be there: spread over the waking day, with an evening.
const SELF_SERVICE_HOURS: [f64; 24] = [
    0.7, 0.4, 0.3, 0.2, 0.3, 0.8, 2.0, 4.5, 6.5, 7.5, 7.5, 7.0, 6.5, 6.0, 6.0, 6.0, 6.0, 6.0, 5.5, 5.0, 4.8,
    4.0, 2.6, 1.4,
];

/// The channels of one day.
pub(super) struct Channels {
    mix: Vec<f64>,
    staffed_hours: Vec<f64>,
    self_service_hours: Vec<f64>,
}

impl Channels {
    /// `progress` runs from 0 to 1 over the history.
    pub(super) fn on(weekday: Weekday, progress: f64) -> Self {
        let weekend = matches!(weekday, Weekday::Saturday | Weekday::Sunday);
        let mix = MIX.iter().map(|&(channel, first, last)| {
            let share = first + (last - first) * progress;
            // At weekends the lines are open for urgent matters only.
            if weekend && is_staffed(channel) { share * 0.25 } else { share }
        });
        Self {
            mix: running_total(mix),
            staffed_hours: running_total(STAFFED_HOURS),
            self_service_hours: running_total(SELF_SERVICE_HOURS),
        }
    }

    pub(super) fn draw(&self, chance: &mut Chance) -> Channel {
        MIX[chance.weighted(&self.mix)].0
    }

    /// Seconds since midnight.
    pub(super) fn second_of_day(&self, chance: &mut Chance, channel: Channel) -> u32 {
        let hours = if is_staffed(channel) { &self.staffed_hours } else { &self.self_service_hours };
        chance.weighted(hours) as u32 * 3600 + chance.below(3600)
    }
}

fn is_staffed(channel: Channel) -> bool {
    matches!(channel, Channel::Phone | Channel::WalkIn | Channel::Chat | Channel::Staff)
}
