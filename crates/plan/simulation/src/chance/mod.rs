//! Chance, the same on every machine: one stream for each contact and purpose.
//!
//! A contact carries a seed of its own, made of the run's seed, its queue and its number in that queue. Whatever is to be
//! decided about it (how long it takes, how long it is willing to wait, whether it calls again) is drawn from that seed and
//! the purpose, so that a contact is the same contact in two plans that treat it differently. Logarithms and exponentials
//! come from `libm`, because those of the system differ between machines in the last digit.

mod ziggurat;

pub(crate) use ziggurat::Ziggurat;

/// What a draw is for; the order is part of the result of a seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Handle,
    AfterContact,
    Patience,
    LeavesAtOnce,
    MenuTime,
    Menu,
    Again,
    AgainAfter,
    CallBack,
    CallBackLater,
    Reached,
    Switch,
    SwitchAfter,
    Transfer,
    Attempt,
    NextAttempt,
}

/// Where a run's chance comes from: purposes that do not belong to one contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    Arrivals,
    Contacts,
    Days,
    Absence,
}

/// The odd number nearest to 2^64 divided by the golden ratio: steps of it visit every state (Steele, Lea, Flood 2014).
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// Draws set aside for each purpose of a contact; only a rejection needs more than one or two.
const DRAWS_PER_PURPOSE: u64 = 64;

/// Spreads a state over all bits: SplitMix64's finish.
pub(crate) fn mixed(state: u64) -> u64 {
    let state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}

/// The seed of the `nth` thing that comes from `key`.
pub(crate) fn nth_seed(key: u64, nth: u64) -> u64 {
    mixed(key.wrapping_add(nth.wrapping_add(1).wrapping_mul(GOLDEN)))
}

/// The key of something known by a name, whatever its place in a list: the FNV-1a hash.
pub(crate) fn name_key(name: &str) -> u64 {
    name.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |key, byte| (key ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The key of a source in one replication of a run.
pub(crate) fn source_key(seed: u64, replication: u64, source: Source) -> u64 {
    nth_seed(nth_seed(mixed(seed), replication), source as u64)
}

/// A sequence of draws: SplitMix64.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Draws(u64);

impl Draws {
    /// A sequence of its own.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// What is drawn about one contact for one purpose.
    pub(crate) fn about(contact_seed: u64, purpose: Purpose) -> Self {
        Self(contact_seed.wrapping_add((purpose as u64 * DRAWS_PER_PURPOSE).wrapping_mul(GOLDEN)))
    }

    pub(crate) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        mixed(self.0)
    }

    /// A number from 0 up to, but not including, 1.
    pub(crate) fn share(&mut self) -> f64 {
        unit(self.bits())
    }

    /// Whether something happens that does so with this probability.
    pub(crate) fn happens(&mut self, probability: f64) -> bool {
        self.share() < probability
    }

    /// A number of the normal distribution with mean 0 and standard deviation 1 (Box and Muller 1958).
    pub(crate) fn normal(&mut self) -> f64 {
        // Never the logarithm of zero.
        let radius = (-2.0 * libm::log(1.0 - self.share())).sqrt();
        radius * libm::cos(std::f64::consts::TAU * self.share())
    }
}

/// The upper 53 bits as a number from 0 up to, but not including, 1.
fn unit(bits: u64) -> f64 {
    (bits >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_numbers_that_it_has_always_given() {
        // The published sequence of SplitMix64 from the seed 1234567.
        let mut draws = Draws::new(1_234_567);
        assert_eq!(
            [draws.bits(), draws.bits(), draws.bits()],
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
    }

    #[test]
    fn a_contact_has_other_numbers_for_other_purposes_and_the_same_for_the_same() {
        let handle = Draws::about(7, Purpose::Handle).share();
        assert_eq!(handle, Draws::about(7, Purpose::Handle).share());
        assert_ne!(handle, Draws::about(7, Purpose::Patience).share());
        assert_ne!(handle, Draws::about(8, Purpose::Handle).share());
    }

    #[test]
    fn normal_numbers_have_mean_zero_and_deviation_one() {
        let mut draws = Draws::new(3);
        let count = 200_000;
        let (mut sum, mut squares) = (0.0, 0.0);
        for _ in 0..count {
            let number = draws.normal();
            sum += number;
            squares += number * number;
        }
        let count = f64::from(count);
        // Five standard errors of the mean and of the mean square.
        assert!((sum / count).abs() < 5.0 / count.sqrt());
        assert!((squares / count - 1.0).abs() < 5.0 * (2.0 / count).sqrt());
    }
}
