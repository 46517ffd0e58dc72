//! Exponential numbers, quickly: the ziggurat of Marsaglia and Tsang (2000) with 256 layers.

use super::{Draws, unit};

const LAYERS: usize = 256;

/// Where the base layer ends and the tail begins, and the area of each layer.
const TAIL: f64 = 7.697_117_470_131_05;
const AREA: f64 = 3.949_659_822_581_557e-3;

/// The edges of the layers, from the widest up, and the density there.
#[derive(Debug, Clone)]
pub(crate) struct Ziggurat {
    edges: [f64; LAYERS + 1],
    density: [f64; LAYERS + 1],
}

impl Ziggurat {
    pub(crate) fn new() -> Self {
        let mut edges = [0.0; LAYERS + 1];
        edges[0] = AREA / libm::exp(-TAIL);
        edges[1] = TAIL;
        for layer in 2..LAYERS {
            let below = edges[layer - 1];
            edges[layer] = -libm::log(libm::exp(-below) + AREA / below);
        }
        let density = edges.map(|edge| libm::exp(-edge));
        Self { edges, density }
    }

    /// A number of the exponential distribution with mean 1.
    #[inline]
    pub(crate) fn exponential(&self, draws: &mut Draws) -> f64 {
        let bits = draws.bits();
        let layer = (bits & 0xff) as usize;
        let number = unit(bits) * self.edges[layer];
        if number < self.edges[layer + 1] {
            return number;
        }
        self.near_the_edge(layer, number, draws)
    }

    /// The one draw in eighty that falls outside the rectangle below the next layer.
    #[cold]
    fn near_the_edge(&self, layer: usize, number: f64, draws: &mut Draws) -> f64 {
        if layer == 0 {
            // The tail of an exponential distribution is one again.
            return TAIL - libm::log(1.0 - draws.share());
        }
        let (low, high) = (self.density[layer], self.density[layer + 1]);
        if low + (high - low) * draws.share() < libm::exp(-number) {
            return number;
        }
        self.exponential(draws)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_layers_close_at_the_top() {
        let ziggurat = Ziggurat::new();
        // The last layer has the area of all others.
        let top = ziggurat.edges[LAYERS - 1];
        assert!((top * (1.0 - libm::exp(-top)) - AREA).abs() < 1e-9, "{top}");
        assert_eq!(ziggurat.edges[LAYERS], 0.0);
    }

    #[test]
    fn exponential_numbers_have_the_shares_they_should() {
        let (ziggurat, mut draws) = (Ziggurat::new(), Draws::new(11));
        let count = 1_000_000;
        let numbers: Vec<f64> = (0..count).map(|_| ziggurat.exponential(&mut draws)).collect();
        for limit in [0.001, 0.1, 0.7, 2.0, 5.0, 8.0, 10.0] {
            let above = numbers.iter().filter(|number| **number > limit).count() as f64;
            let share = libm::exp(-limit);
            let error = (share * (1.0 - share) / f64::from(count)).sqrt();
            // Five standard errors of a share.
            assert!((above / f64::from(count) - share).abs() < 5.0 * error, "above {limit}: {above}");
        }
    }
}
