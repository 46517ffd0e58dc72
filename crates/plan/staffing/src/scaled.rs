//! A positive number too large or too small for `f64`: a mantissa beside the logarithm of its scale.

/// `mantissa * exp(ln_scale)`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Scaled {
    mantissa: f64,
    ln_scale: f64,
}

/// A mantissa beyond this hands its size to the scale.
const LARGE: f64 = 1e150;

impl Scaled {
    pub(crate) const ONE: Self = Self { mantissa: 1.0, ln_scale: 0.0 };

    pub(crate) fn new(value: f64) -> Self {
        Self { mantissa: value, ln_scale: 0.0 }
    }

    /// `mantissa * exp(ln_scale)`.
    pub(crate) fn with_ln(mantissa: f64, ln_scale: f64) -> Self {
        Self { mantissa, ln_scale }
    }

    /// `1 + factor * self`, the step of Erlang's recursion.
    pub(crate) fn times_plus_one(self, factor: f64) -> Self {
        let one = if self.ln_scale == 0.0 { 1.0 } else { (-self.ln_scale).exp() };
        Self { mantissa: one + factor * self.mantissa, ..self }.kept_small()
    }

    fn kept_small(self) -> Self {
        if self.mantissa < LARGE || !self.mantissa.is_finite() {
            return self;
        }
        Self { mantissa: 1.0, ln_scale: self.ln_scale + self.mantissa.ln() }
    }

    /// The number itself; infinite when it does not fit.
    pub(crate) fn value(self) -> f64 {
        if self.ln_scale == 0.0 { self.mantissa } else { self.mantissa * self.ln_scale.exp() }
    }

    /// One divided by it; zero when that does not fit.
    pub(crate) fn inverse(self) -> f64 {
        if self.ln_scale == 0.0 { 1.0 / self.mantissa } else { (-self.ln_scale).exp() / self.mantissa }
    }

    pub(crate) fn ln(self) -> f64 {
        self.mantissa.ln() + self.ln_scale
    }

    /// The number divided by `exp(ln_divisor)`.
    pub(crate) fn over_exp(self, ln_divisor: f64) -> f64 {
        let ln_scale = self.ln_scale - ln_divisor;
        if ln_scale == 0.0 { self.mantissa } else { self.mantissa * ln_scale.exp() }
    }
}
