//! Kinds with several classes, several intervals, or another way to work.

use serde_json::{Value, json};

use super::CaseError;
use super::input::Input;
use crate::square_root::{beta, wait_probability_impatient, wait_probability_patient};
use crate::{
    ChatTeam, Day, DeferredWork, Demand, IntervalCounts, Patience, Queue, SkillClass, StaffedInterval,
    StaffingError, two_skills, waits_by_priority,
};

pub(super) fn priority_nonpreemptive(input: &Input<'_>) -> Result<Value, CaseError> {
    let (agents, contacts) = (input.whole("agents")?, input.numbers("calls_by_class")?);
    let found = waits_by_priority(agents, &contacts, input.number("interval_s")?, input.number("aht_s")?)?;
    let mut result = json!({ "p_wait": found.wait_probability, "asa_by_class": found.asa_s });
    if found.asa_s.contains(&None) {
        result["stable"] = false.into();
    }
    Ok(result)
}

pub(super) fn chat_concurrency(input: &Input<'_>) -> Result<Value, CaseError> {
    let handle_s = input.numbers("aht_by_load_s")?;
    let most = input.whole("max_concurrent")? as usize;
    if handle_s.len() != most {
        let (found, expected) = (handle_s.len(), most);
        return Err(StaffingError::UnequalLengths { field: "aht_by_load_s", found, expected }.into());
    }
    let team = ChatTeam::new(input.whole("agents")?, &handle_s)?;
    let patience =
        input.number_if_any("mean_patience_s")?.map_or(Ok(Patience::ENDLESS), Patience::exponential)?;
    let (calls, interval_s) = (input.number("calls")?, input.number("interval_s")?);
    let found = match team.measures(calls, interval_s, patience, input.number("threshold_s")?) {
        Ok(found) => found,
        Err(StaffingError::Overloaded { .. }) => return Ok(json!({ "stable": false })),
        Err(error) => return Err(error.into()),
    };
    Ok(json!({
        "p_wait": found.wait_probability,
        "p_abandon": found.abandon_share,
        "queue_mean": found.queue_mean,
        "chats_in_service_mean": found.chats_mean,
        "slot_occupancy": found.place_occupancy,
        "agent_busy_fraction": found.agent_busy_share,
        "sl_answered_in_T_over_offered": found.answered_within,
        "mean_chat_duration": found.chat_mean_s,
    }))
}

pub(super) fn deadline_constant_staff(input: &Input<'_>) -> Result<Value, CaseError> {
    let (contacts, deadline) = (input.numbers("contacts_per_interval")?, input.whole("deadline_intervals")?);
    let (handle_s, interval_s) = (input.number("aht_s")?, input.number("interval_s")?);
    let found = DeferredWork::new(&contacts, handle_s, interval_s, deadline as usize)?.constant_staff();
    Ok(json!({
        "min_constant_staff": found.agents,
        "whole_staff": found.agents_whole,
        "binding_window": [found.binding_window.0, found.binding_window.1],
    }))
}

pub(super) fn time_varying(input: &Input<'_>) -> Result<Value, CaseError> {
    let (agents, contacts) = (input.wholes("agents")?, input.numbers("calls")?);
    if agents.len() != contacts.len() {
        let (found, expected) = (agents.len(), contacts.len());
        return Err(StaffingError::UnequalLengths { field: "agents", found, expected }.into());
    }
    let (interval_s, handle_s) = (input.number("interval_s")?, input.number("aht_s")?);
    let patience = input.number_if_any("mean_patience_s")?;
    let within_s = input.number_if_any("threshold_s")?.unwrap_or(0.0);
    let mut day =
        Day::new(interval_s, handle_s, patience, within_s, input.whole_or("initially_in_system", 0)?)?;
    let intervals = contacts.iter().zip(&agents);
    let counts = intervals
        .map(|(contacts, agents)| day.pass(StaffedInterval { contacts: *contacts, agents: *agents }));
    let counts: Vec<Value> =
        counts.map(|counts| counts.map(|counts| interval(&counts))).collect::<Result<_, _>>()?;
    Ok(json!({ "by_interval": counts }))
}

fn interval(counts: &IntervalCounts) -> Value {
    json!({
        "offered": counts.offered,
        "abandoned": counts.abandoned,
        "queue_mean": counts.queue_mean,
        "occupancy": counts.occupancy,
        "handled_completions": counts.completed,
        "queue_end": counts.queue_end,
    })
}

pub(super) fn two_skill_w(input: &Input<'_>) -> Result<Value, CaseError> {
    let one = SkillClass {
        contacts: input.number("calls_1")?,
        mean_patience_s: input.number("mean_patience_1_s")?,
        agents: input.whole("agents_only_1")?,
    };
    let two = SkillClass {
        contacts: input.number("calls_2")?,
        mean_patience_s: input.number("mean_patience_2_s")?,
        agents: input.whole("agents_only_2")?,
    };
    let both = input.whole("agents_both")?;
    let found = two_skills([one, two], both, input.number("interval_s")?, input.number("aht_s")?)?;
    let [one, two] = found.classes;
    Ok(json!({
        "p_wait_1": one.wait_probability,
        "p_wait_2": two.wait_probability,
        "p_abandon_1": one.abandon_share,
        "p_abandon_2": two.abandon_share,
        "wait_all_1": one.wait_all_s,
        "wait_all_2": two.wait_all_s,
        "queue_mean_1": one.queue_mean,
        "queue_mean_2": two.queue_mean,
        "occupancy_group_1": one.occupancy,
        "occupancy_group_2": two.occupancy,
        "occupancy_group_x": found.occupancy_both,
    }))
}

pub(super) fn halfin_whitt_limit(input: &Input<'_>) -> Result<Value, CaseError> {
    let (agents, load) = (input.whole("agents")?, input.number("offered_load")?);
    let beta = beta(f64::from(agents), load)?;
    let exact = match Queue::new(Demand::new(load, 1.0, 1.0)?, Patience::ENDLESS).measures(agents, 0.0) {
        Ok(measures) => measures.wait_probability,
        Err(StaffingError::Overloaded { .. }) => return Ok(json!({ "stable": false, "beta": beta })),
        Err(error) => return Err(error.into()),
    };
    Ok(json!({ "beta": beta, "p_wait_limit": wait_probability_patient(beta)?, "p_wait_exact": exact }))
}

pub(super) fn garnett_limit(input: &Input<'_>) -> Result<Value, CaseError> {
    let (agents, load) = (input.whole("agents")?, input.number("offered_load")?);
    let (handle_s, patience_s) = (input.number("aht_s")?, input.number("mean_patience_s")?);
    let beta = beta(f64::from(agents), load)?;
    let queue = Queue::new(Demand::new(load, handle_s, handle_s)?, Patience::exponential(patience_s)?);
    Ok(json!({
        "beta": beta,
        "p_wait_limit": wait_probability_impatient(beta, handle_s, patience_s)?,
        "p_wait_exact": queue.measures(agents, 0.0)?.wait_probability,
    }))
}
