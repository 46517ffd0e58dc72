//! Agents come, pause, leave and tire. Nobody leaves a contact alone: what is in hand is finished first.

use super::Simulator;
use super::agenda::{Event, GENERATION_MASK, Kind};
use super::floor::{Duty, Wish};
use crate::center::{RosterLine, RosterStep, day_of};
use crate::chance::{Draws, name_key, nth_seed};

/// How much of the recent time an agent was busy.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tired {
    occupancy: f64,
    since_s: f64,
}

impl Simulator<'_> {
    /// Everybody without a roster is at work from the start; the others follow it.
    pub(super) fn open_the_floor(&mut self) {
        let center = self.center;
        self.tired.clear();
        if center.teams.iter().any(|team| team.fatigue.is_some()) {
            self.tired.resize(self.floor.count() as usize, Tired::default());
        }
        for agent in 0..self.floor.count() {
            if center.teams[usize::from(self.floor[agent].team)].always {
                self.comes_to_work(agent);
            }
        }
        self.roster_line = 0;
        self.await_roster();
    }

    /// Only the next line of the roster is on the agenda, which keeps the agenda short.
    fn await_roster(&mut self) {
        if let Some(line) = self.center.roster.get(self.roster_line) {
            self.add(line.at_s, Kind::Roster, self.roster_line as u32);
        }
    }

    pub(super) fn follow_the_roster(&mut self) {
        let RosterLine { at_s, agent, step } = self.center.roster[self.roster_line];
        self.roster_line += 1;
        self.await_roster();
        match step {
            RosterStep::Comes => self.is_expected(agent, day_of(at_s)),
            RosterStep::Leaves => self.wishes(agent, Wish::Leave),
            RosterStep::Break { length_s } => self.wishes(agent, Wish::Break { length_s }),
        }
    }

    /// An agent comes to a shift, unless absent.
    fn is_expected(&mut self, agent: u32, day: u64) {
        if self.floor[agent].duty != Duty::Off {
            // The shift before went on until now: one long stay.
            self.floor[agent].wish = Wish::Work;
        } else if !self.is_absent(agent, day) {
            self.comes_to_work(agent);
        }
    }

    /// The same person is absent on the same day in every plan.
    fn is_absent(&self, agent: u32, day: u64) -> bool {
        let team = &self.center.teams[usize::from(self.floor[agent].team)];
        if team.absent == 0.0 {
            return false;
        }
        let person =
            nth_seed(nth_seed(self.absence_key, name_key(&team.name)), u64::from(agent - team.first_agent));
        Draws::new(nth_seed(person, day)).happens(team.absent)
    }

    fn comes_to_work(&mut self, agent: u32) {
        let now_s = self.now_s;
        let person = &mut self.floor[agent];
        (person.duty, person.wish, person.on_since_s) = (Duty::On, Wish::Work, now_s);
        self.floor.on_duty += 1;
        if let Some(tired) = self.tired.get_mut(agent as usize) {
            *tired = Tired { occupancy: 0.0, since_s: now_s };
        }
        self.looks_for_work(agent);
    }

    /// A break or the end of the shift is due; it begins once nothing is in hand.
    fn wishes(&mut self, agent: u32, wish: Wish) {
        match self.floor[agent].duty {
            Duty::Off => {}
            Duty::Break if wish == Wish::Leave => self.is_off(agent),
            Duty::Break => {}
            Duty::On => {
                if self.floor[agent].wish != Wish::Leave {
                    self.floor[agent].wish = wish;
                }
                self.floor.unlist(agent);
                self.goes_on(agent);
            }
        }
    }

    /// What an agent does after putting something down.
    #[inline]
    pub(super) fn goes_on(&mut self, agent: u32) {
        let person = self.floor[agent];
        match person.wish {
            Wish::Work => self.looks_for_work(agent),
            Wish::Break { .. } | Wish::Leave if person.in_hand > 0 => {}
            Wish::Break { length_s } => self.pauses(agent, length_s),
            Wish::Leave => {
                self.ends_duty(agent);
                self.is_off(agent);
            }
        }
    }

    fn pauses(&mut self, agent: u32, length_s: f64) {
        self.ends_duty(agent);
        self.floor[agent].duty = Duty::Break;
        let generation = self.floor[agent].generation;
        self.agenda.add(Event { at: self.now_s + length_s, kind: Kind::Returns, id: agent, generation });
    }

    pub(super) fn returns(&mut self, agent: u32, generation: u32) {
        if self.floor[agent].generation == generation {
            self.comes_to_work(agent);
        }
    }

    fn is_off(&mut self, agent: u32) {
        let person = &mut self.floor[agent];
        person.duty = Duty::Off;
        // A break that the end of the shift cut off does not bring anybody back.
        person.generation = (person.generation + 1) & GENERATION_MASK;
    }

    fn ends_duty(&mut self, agent: u32) {
        let person = self.floor[agent];
        let team = usize::from(person.team);
        self.counts.teams[team].on_duty_s += self.counted_since(person.on_since_s);
        self.floor.on_duty -= 1;
    }

    pub(super) fn gets_busy(&mut self, agent: u32) {
        self.floor[agent].busy_since_s = self.now_s;
        self.floor.busy += 1;
        self.tires(agent, 0.0);
    }

    pub(super) fn gets_free(&mut self, agent: u32) {
        let person = self.floor[agent];
        let team = usize::from(person.team);
        self.counts.teams[team].busy_s += self.counted_since(person.busy_since_s);
        self.floor.busy -= 1;
        self.tires(agent, 1.0);
    }

    /// Books the time of those who are still at work when everything is over.
    pub(super) fn send_everybody_home(&mut self) {
        for agent in 0..self.floor.count() {
            if self.floor[agent].in_hand > 0 {
                self.gets_free(agent);
            }
            if self.floor[agent].duty == Duty::On {
                self.ends_duty(agent);
            }
        }
    }

    /// The time since the last change was busy (1) or not (0): the running mean moves there.
    fn tires(&mut self, agent: u32, was_busy: f64) {
        let team = usize::from(self.floor[agent].team);
        let Some(fatigue) = self.center.teams[team].fatigue else { return };
        let tired = &mut self.tired[agent as usize];
        let kept = libm::exp((tired.since_s - self.now_s) / fatigue.over_s);
        *tired = Tired { occupancy: was_busy + (tired.occupancy - was_busy) * kept, since_s: self.now_s };
    }

    /// How many times as long everything takes this agent now, chats beside it left aside.
    #[inline]
    pub(super) fn slowness(&self, agent: u32) -> f64 {
        let team = &self.center.teams[usize::from(self.floor[agent].team)];
        let Some(fatigue) = team.fatigue else { return team.pace };
        let over = (self.tired[agent as usize].occupancy - fatigue.above) / (1.0 - fatigue.above);
        team.pace * (1.0 + fatigue.slower * over.max(0.0))
    }
}
