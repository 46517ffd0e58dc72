//! Randomness handed down from the executable: one generator a thread, all grown from one seed.

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

/// Makes the generators of the worker threads; the same seed gives the same generators.
pub(crate) struct Chance(StdRng);

impl Chance {
    pub(crate) fn new(seed: [u8; 32]) -> Self {
        Self(StdRng::from_seed(seed))
    }

    /// The generator of one more thread.
    pub(crate) fn branch(&mut self) -> StdRng {
        let mut seed = [0; 32];
        self.0.fill_bytes(&mut seed);
        StdRng::from_seed(seed)
    }
}
