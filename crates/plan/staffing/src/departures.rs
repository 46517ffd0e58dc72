//! How far the waiting line moves up in a given time: what decides whether a contact with so many before it is answered in time.

/// While all agents are busy, the line moves up by one at rate `drain`, and each contact ahead leaves it at rate `theta`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MovingUp {
    /// Contacts that busy agents finish in a second.
    pub(crate) drain: f64,
    /// Rate at which one waiting contact gives up; zero when nobody does.
    pub(crate) theta: f64,
}

impl MovingUp {
    /// For 0, 1, 2… contacts ahead: the probability of being answered within `within_s` seconds without giving up before.
    ///
    /// With `j` ahead the wait is a sum of `j + 1` exponential times of rates `drain + i*theta`; the number of steps in a fixed time
    /// is then negative binomial (Poisson when nobody gives up). Own patience shifts the rates by one `theta`.
    pub(crate) fn answered_within(self, within_s: f64) -> impl Iterator<Item = f64> {
        let Self { drain, theta } = self;
        let shifted = Self { drain: drain + theta, theta };
        shifted.steps_at_most(within_s).zip(1_u32..).map(move |(at_most, ahead)| {
            drain / (drain + f64::from(ahead) * theta) * f64::max(0.0, 1.0 - at_most)
        })
    }

    /// Probability that the line moves up by at most 0, 1, 2… within this time.
    fn steps_at_most(self, within_s: f64) -> impl Iterator<Item = f64> {
        let reach = if self.theta > 0.0 { -(-self.theta * within_s).exp_m1() / self.theta } else { within_s };
        let mut ln_next = -self.drain * within_s;
        let mut sum = 0.0;
        (0_u32..).map(move |steps| {
            sum += ln_next.exp();
            let done = f64::from(steps);
            ln_next += ((self.drain + done * self.theta) * reach / (done + 1.0)).ln();
            f64::min(1.0, sum)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_giving_up_the_next_in_line_waits_for_one_agent_to_finish() {
        let line = MovingUp { drain: 0.2, theta: 0.0 };
        let answered: Vec<f64> = line.answered_within(10.0).take(2).collect();
        assert!((answered[0] - (1.0 - (-2.0_f64).exp())).abs() < 1e-15);
        assert!((answered[1] - (1.0 - 3.0 * (-2.0_f64).exp())).abs() < 1e-15);
    }

    #[test]
    fn with_giving_up_the_next_in_line_is_answered_before_it_gives_up_or_not() {
        let line = MovingUp { drain: 0.2, theta: 0.1 };
        let first = line.answered_within(10.0).next().unwrap();
        assert!((first - 2.0 / 3.0 * (1.0 - (-3.0_f64).exp())).abs() < 1e-15);
        let second = line.answered_within(1e9).nth(1).unwrap();
        assert!((second - 0.5).abs() < 1e-15);
    }
}
