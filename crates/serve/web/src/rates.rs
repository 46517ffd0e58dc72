//! How often one source or one key may call: token buckets, kept in memory.
//!
//! A bucket holds up to `burst` tokens and gains `per_second`; a call takes one. The buckets hold no
//! personal data longer than it takes them to fill up again.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

/// How fast one kind of call may come, per source or key.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// Calls a second in the long run.
    pub per_second: f64,
    /// Calls at once after a quiet time.
    pub burst: f64,
}

/// The rates of one server.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rates {
    /// Reading, per source network.
    pub reading: Rate,
    /// Pieces of the map, per source network: a look at it takes dozens.
    pub drawing: Rate,
    /// Sending a form, per source network.
    pub writing: Rate,
    /// Trying to sign in, per source network.
    pub signing_in: Rate,
    /// Calls with an API key, per key.
    pub key: Rate,
    /// Whether calls from this machine itself are limited too. Off unless asked for: they are the
    /// operator's own tools, or a proxy that speaks for everybody and should be listed as trusted.
    pub limit_this_machine: bool,
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            reading: Rate { per_second: 50.0, burst: 300.0 },
            drawing: Rate { per_second: 200.0, burst: 2_000.0 },
            writing: Rate { per_second: 2.0, burst: 60.0 },
            signing_in: Rate { per_second: 0.2, burst: 20.0 },
            key: Rate { per_second: 2_000.0, burst: 4_000.0 },
            limit_this_machine: false,
        }
    }
}

const SHARDS: usize = 16;
/// Buckets kept in one shard before the full ones are forgotten.
const SHARD_MAX: usize = 8_192;

/// All buckets of one server.
#[derive(Default)]
pub(crate) struct Buckets {
    shards: [Mutex<HashMap<u64, Bucket>>; SHARDS],
}

#[derive(Clone, Copy)]
struct Bucket {
    tokens: f64,
    at: Timestamp,
    rate: Rate,
}

impl Bucket {
    fn refill(&mut self, now: Timestamp) {
        // A clock that was set back gives nothing, and takes nothing.
        let passed_s = now.duration_since(self.at).as_secs_f64().max(0.0);
        self.tokens = (self.tokens + passed_s * self.rate.per_second).min(self.rate.burst);
        self.at = now;
    }
}

impl Buckets {
    /// Takes one token of `who`'s bucket; otherwise says after how many seconds there will be one.
    pub(crate) fn take(&self, who: impl Hash, rate: Rate, now: Timestamp) -> Result<(), u64> {
        let mut hasher = DefaultHasher::new();
        who.hash(&mut hasher);
        let id = hasher.finish();
        // The modulus keeps the index inside the array.
        let shard = &self.shards[(id % SHARDS as u64) as usize];
        let mut buckets = shard.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= SHARD_MAX {
            forget_full(&mut buckets, now);
        }
        let bucket = buckets.entry(id).or_insert(Bucket { tokens: rate.burst, at: now, rate });
        bucket.refill(now);
        if bucket.tokens < 1.0 {
            let wait_s = (1.0 - bucket.tokens) / rate.per_second.max(f64::MIN_POSITIVE);
            return Err(wait_s.ceil().min(3_600.0) as u64);
        }
        bucket.tokens -= 1.0;
        Ok(())
    }
}

/// A full bucket is the same as none; if all are in use, starting over is kinder than growing.
fn forget_full(buckets: &mut HashMap<u64, Bucket>, now: Timestamp) {
    buckets.retain(|_, bucket| {
        bucket.refill(now);
        bucket.tokens < bucket.rate.burst
    });
    if buckets.len() >= SHARD_MAX {
        buckets.clear();
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;

    use super::*;

    const START: Timestamp = Timestamp::UNIX_EPOCH;
    const RATE: Rate = Rate { per_second: 2.0, burst: 3.0 };

    #[test]
    fn api_04_a_burst_is_served_and_then_the_rate_holds() {
        let buckets = Buckets::default();
        let served = (0..10).filter(|_| buckets.take("somebody", RATE, START).is_ok()).count();
        assert_eq!(served, 3);
        assert_eq!(buckets.take("somebody", RATE, START), Err(1));
        assert_eq!(buckets.take("somebody", RATE, START + 1.second()), Ok(()));
    }

    #[test]
    fn one_source_does_not_use_up_anothers_tokens() {
        let buckets = Buckets::default();
        for _ in 0..5 {
            let _ = buckets.take(("a", 1), RATE, START);
        }
        assert_eq!(buckets.take(("b", 1), RATE, START), Ok(()));
    }

    #[test]
    fn a_clock_set_back_gives_no_tokens() {
        let buckets = Buckets::default();
        for _ in 0..3 {
            buckets.take("x", RATE, START).expect("a full bucket");
        }
        assert!(buckets.take("x", RATE, START - 1.hour()).is_err());
    }
}
