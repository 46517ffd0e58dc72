//! Finding the smallest whole number that is enough, with as few tries as can be.

use crate::StaffingError;
use crate::bounds::AGENTS_MAX;
use crate::requirement::Missed;

/// What a try with some agents came to.
pub(crate) struct Try<T> {
    pub(crate) missed: Missed,
    /// By how much the worst target is missed, as a logarithm; negative when all are met. It only guides the search.
    pub(crate) excess: f64,
    pub(crate) found: T,
}

impl<T> Try<T> {
    pub(crate) fn meets_all(&self) -> bool {
        self.missed == Missed::default()
    }
}

/// The smallest number of agents that misses nothing.
pub(crate) struct Smallest<T> {
    pub(crate) agents: u32,
    pub(crate) found: T,
    /// What one agent fewer misses.
    pub(crate) missed_by_one_fewer: Missed,
}

/// Tries so far: the largest number that is not enough and the smallest that is.
struct Bracket<T> {
    below: u32,
    below_excess: f64,
    missed: Missed,
    above: Option<(u32, f64, T)>,
    /// Steps while only one side is known grow from here.
    step: u32,
    /// Tries since both sides are known.
    narrowed: u32,
}

/// Searches from `guess` on; `slope` is about how much one more agent lowers the excess. More agents never miss more.
///
/// While only one side is known, steps follow the excess and at least double; then the crossing is interpolated, and every
/// third try halves what is left, so that no shape of the excess can make the search long.
pub(crate) fn smallest<T>(
    guess: u32,
    slope: f64,
    mut attempt: impl FnMut(u32) -> Result<Try<T>, StaffingError>,
) -> Result<Smallest<T>, StaffingError> {
    let mut bracket = Bracket {
        below: 0,
        below_excess: f64::INFINITY,
        missed: Missed::default(),
        above: None,
        step: 1,
        narrowed: 0,
    };
    let mut next = guess.clamp(1, AGENTS_MAX);
    loop {
        bracket.take(next, attempt(next)?);
        match bracket.above {
            Some((agents, _, found)) if agents - bracket.below == 1 => {
                return Ok(Smallest { agents, found, missed_by_one_fewer: bracket.missed });
            }
            None if bracket.below == AGENTS_MAX => {
                return Err(StaffingError::OutOfReach { agents_max: AGENTS_MAX });
            }
            _ => next = bracket.next(slope),
        }
    }
}

impl<T> Bracket<T> {
    fn take(&mut self, agents: u32, tried: Try<T>) {
        if tried.meets_all() {
            self.above = Some((agents, tried.excess, tried.found));
        } else {
            (self.below, self.below_excess, self.missed) = (agents, tried.excess, tried.missed);
        }
    }

    fn next(&mut self, slope: f64) -> u32 {
        match &self.above {
            None => self.below.saturating_add(self.stride(self.below_excess / slope)).min(AGENTS_MAX),
            Some((above, excess, _)) if self.below == 0 => {
                let (above, excess) = (*above, *excess);
                above.saturating_sub(self.stride(-excess / slope)).max(1)
            }
            Some((above, excess, _)) => {
                let (above, excess) = (*above, *excess);
                self.narrowed += 1;
                let width = f64::from(above - self.below);
                let crossing = width * self.below_excess / (self.below_excess - excess);
                if self.narrowed.is_multiple_of(3) || !crossing.is_finite() {
                    return self.below + (above - self.below) / 2;
                }
                (self.below + crossing.ceil() as u32).clamp(self.below + 1, above - 1)
            }
        }
    }

    /// A step as long as wanted, but no shorter than twice the one before, and not for ever longer.
    fn stride(&mut self, wanted: f64) -> u32 {
        let wanted = if wanted.is_finite() { wanted.round() as u32 } else { 1 };
        let step = wanted.clamp(self.step, self.step.saturating_mul(64));
        self.step = step.saturating_mul(2);
        step
    }
}
