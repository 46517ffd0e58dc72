//! Kinds that are one queue with one team.

use serde_json::{Map, Value, json};

use super::CaseError;
use super::input::Input;
use crate::{
    Demand, FiniteLines, Measures, Patience, Queue, Requirement, ServiceLevel, ServiceLevelTarget, Shrinkage,
    StaffingError, Targets, erlang_b as b,
};

pub(super) fn erlang_b(input: &Input<'_>) -> Result<Value, CaseError> {
    let (servers, load) = (input.whole("servers")?, input.number("offered_load")?);
    let blocking = b::blocking(servers, load)?;
    Ok(json!({
        "blocking": blocking,
        "log10_blocking": b::log10_blocking(servers, load)?,
        "carried_load": load * (1.0 - blocking),
    }))
}

pub(super) fn erlang_b_continuous(input: &Input<'_>) -> Result<Value, CaseError> {
    let blocking = b::blocking_real(input.number("servers")?, input.number("offered_load")?)?;
    Ok(json!({ "blocking": blocking }))
}

pub(super) fn erlang_b_max_load(input: &Input<'_>) -> Result<Value, CaseError> {
    let load = b::load_max(input.whole("servers")?, input.number("target_blocking")?)?;
    Ok(json!({ "offered_load": load }))
}

pub(super) fn erlang_b_servers(input: &Input<'_>) -> Result<Value, CaseError> {
    let load = input.number("offered_load")?;
    let servers = b::servers(load, input.number("target_blocking")?)?;
    Ok(json!({
        "servers": servers,
        "blocking": b::blocking(servers, load)?,
        // Never zero servers: without any, everything is blocked.
        "blocking_one_fewer": b::blocking(servers - 1, load)?,
    }))
}

pub(super) fn extended_erlang_b_servers(input: &Input<'_>) -> Result<Value, CaseError> {
    let (load, target) = (input.number("offered_load")?, input.number("target_blocking")?);
    let found = b::servers_with_retries(load, target, input.number("recall_factor")?)?;
    Ok(json!({
        "servers": found.servers,
        "blocking": found.blocking,
        "total_offered_load": found.load_total_erlangs,
    }))
}

pub(super) fn erlang_c(input: &Input<'_>) -> Result<Value, CaseError> {
    let queue = Queue::new(demand(input)?, Patience::ENDLESS);
    let agents = input.whole("agents")?;
    let measures = match queue.measures(agents, input.number("threshold_s")?) {
        Ok(measures) => measures,
        Err(StaffingError::Overloaded { .. }) => return Ok(json!({ "stable": false })),
        Err(error) => return Err(error.into()),
    };
    let load = queue.demand().load_erlangs();
    Ok(json!({
        "stable": true,
        "offered_load": load,
        "p_wait": measures.wait_probability,
        "service_level": measures.within.share(ServiceLevel::OverOffered),
        "asa": measures.asa_s,
        "wait_if_delayed": queue.demand().handle_s() / (f64::from(agents) - load),
        "queue_mean": measures.queue_mean,
        "occupancy": measures.occupancy,
    }))
}

pub(super) fn erlang_c_required(input: &Input<'_>) -> Result<Value, CaseError> {
    let queue = Queue::new(demand(input)?, Patience::ENDLESS);
    let (found, service_level) = required(input, &queue, ServiceLevel::OverOffered)?;
    let mut result = json!({
        "agents": found.agents,
        "service_level": service_level,
        "asa": found.measures.asa_s,
        "occupancy": found.measures.occupancy,
        "p_wait": found.measures.wait_probability,
    });
    add_scheduled(input, found.agents, &mut result)?;
    Ok(result)
}

pub(super) fn erlang_a(input: &Input<'_>) -> Result<Value, CaseError> {
    let queue = Queue::new(demand(input)?, Patience::exponential(input.number("mean_patience_s")?)?);
    let mut result = impatient(input, &queue)?;
    result["wait_abandoned"] = measures(input, &queue)?.wait_abandoned_s.into();
    Ok(result)
}

pub(super) fn erlang_a_required(input: &Input<'_>) -> Result<Value, CaseError> {
    let queue = Queue::new(demand(input)?, Patience::exponential(input.number("mean_patience_s")?)?);
    let named = input.word_if_any("service_level_variant")?;
    let counted = match named {
        None => ServiceLevel::OverOffered,
        Some(name) => {
            variant(name).ok_or_else(|| input.wrong("service_level_variant", "a variant of the book"))?
        }
    };
    let (found, service_level) = required(input, &queue, counted)?;
    let mut result = json!({
        "agents": found.agents,
        "service_level": service_level,
        "p_abandon": found.measures.abandon_share,
        "asa_served": found.measures.asa_s,
        "occupancy": found.measures.occupancy,
    });
    if named.is_none() {
        // Says which one it took.
        result["service_level_variant"] = VARIANTS[0].0.into();
    }
    add_scheduled(input, found.agents, &mut result)?;
    Ok(result)
}

pub(super) fn mmng(input: &Input<'_>) -> Result<Value, CaseError> {
    let patience = patience(&input.object("patience", "patience.")?)?;
    impatient(input, &Queue::new(demand(input)?, patience))
}

pub(super) fn finite_lines(input: &Input<'_>) -> Result<Value, CaseError> {
    let (agents, lines) = (input.whole("agents")?, input.whole("lines")?);
    let demand = demand(input)?;
    let queue = FiniteLines::new(demand, input.number_if_any("mean_patience_s")?, agents, lines)?;
    let found = queue.measures(input.number("threshold_s")?)?;
    Ok(json!({
        "offered_load": demand.load_erlangs(),
        "p_block": found.blocked_share,
        "p_abandon": found.abandon_share,
        "p_wait_offered": found.wait_probability,
        "queue_mean": found.queue_mean,
        "occupancy": found.occupancy,
        "wait_accepted": found.wait_accepted_s,
        "sl_answered_in_T_over_offered": found.answered_within,
        "sl_answered_in_T_over_accepted": found.answered_within_of_accepted,
    }))
}

/// The five ways to count a service level, by the names used in cases.
const VARIANTS: [(&str, ServiceLevel); 5] = [
    ("sl_answered_in_T_over_offered", ServiceLevel::OverOffered),
    ("sl_answered_in_T_over_answered", ServiceLevel::OverAnswered),
    ("sl_answered_in_T_over_offered_less_short_abandons", ServiceLevel::OverOfferedLessShortAbandons),
    ("sl_answered_or_abandoned_in_T_over_offered", ServiceLevel::AnsweredOrAbandoned),
    ("sl_virtual_wait", ServiceLevel::VirtualWait),
];

fn variant(name: &str) -> Option<ServiceLevel> {
    VARIANTS.iter().find(|(known, _)| *known == name).map(|(_, counted)| *counted)
}

pub(super) fn demand(input: &Input<'_>) -> Result<Demand, CaseError> {
    Ok(Demand::new(input.number("calls")?, input.number("interval_s")?, input.number("aht_s")?)?)
}

pub(super) fn patience(input: &Input<'_>) -> Result<Patience, CaseError> {
    let number = |field| input.number(field);
    let patience = match input.word("type")? {
        "exponential" => Patience::exponential(number("mean_s")?),
        "deterministic" => Patience::deterministic(number("value_s")?),
        "uniform" => Patience::uniform(number("max_s")?),
        "hyperexponential" => {
            Patience::hyperexponential(number("p1")?, number("mean1_s")?, number("mean2_s")?)
        }
        "exponential_with_balking" => Patience::with_balking(number("balk")?, number("mean_s")?),
        _ => return Err(input.wrong("type", "a distribution of the book")),
    };
    Ok(patience?)
}

fn measures(input: &Input<'_>, queue: &Queue) -> Result<Measures, CaseError> {
    Ok(queue.measures(input.whole("agents")?, input.number("threshold_s")?)?)
}

fn impatient(input: &Input<'_>, queue: &Queue) -> Result<Value, CaseError> {
    let found = measures(input, queue)?;
    let mut result =
        Map::from_iter(VARIANTS.map(|(name, counted)| (name.to_owned(), found.within.share(counted).into())));
    let others = [
        ("offered_load", queue.demand().load_erlangs()),
        ("p_wait", found.wait_probability),
        ("p_abandon", found.abandon_share),
        ("occupancy", found.occupancy),
        ("queue_mean", found.queue_mean),
        ("wait_all", found.wait_all_s),
        ("asa_served", found.asa_s),
        ("p_abandon_in_T", found.within.abandoned_within),
    ];
    result.extend(others.map(|(name, value)| (name.to_owned(), value.into())));
    if let Some(short_s) = input.number_if_any("short_call_limit_s")? {
        let short = queue.measures(input.whole("agents")?, short_s)?.within;
        let less = found.within.share_less_short_calls(&short);
        result.insert("sl_answered_in_T_over_offered_less_short_calls".to_owned(), less.into());
        let with = found.within.share_with_short_calls(&short);
        result.insert("sl_answered_in_T_or_short_call_over_offered".to_owned(), with.into());
    }
    Ok(Value::Object(result))
}

/// The smallest team for the targets of the input, and the service level it reaches.
fn required(
    input: &Input<'_>,
    queue: &Queue,
    counted: ServiceLevel,
) -> Result<(Requirement, f64), CaseError> {
    let within_s = input.number_if_any("threshold_s")?.unwrap_or(0.0);
    let share = input.number_if_any("target_service_level")?;
    let targets = Targets {
        service_level: share.map(|share| ServiceLevelTarget { share, within_s, counted }),
        asa_s_max: input.number_if_any("target_asa_s")?,
        abandon_share_max: input.number_if_any("max_abandon")?,
        occupancy_max: input.number_if_any("max_occupancy")?,
    };
    let found = targets.requirement(queue)?;
    let service_level = queue.measures(found.agents, within_s)?.within.share(counted);
    Ok((found, service_level))
}

fn add_scheduled(input: &Input<'_>, agents: u32, result: &mut Value) -> Result<(), CaseError> {
    if let Some(share) = input.number_if_any("shrinkage")? {
        result["scheduled_agents"] = Shrinkage::of(share)?.scheduled(agents)?.into();
    }
    Ok(())
}
