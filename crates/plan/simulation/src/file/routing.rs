//! Who may take what, and when: skills, levels, bullseye and overflow become a list of teams for each queue and a list of
//! queues for each team.

use super::queues::ReadQueue;
use super::teams::ReadTeam;
use super::{CenterError, Wrong};
use crate::center::{Channel, HOUR_S, Link, Queue, Reach, Team};

/// Queues and teams that know each other.
pub(super) fn routed(
    mut queues: Vec<ReadQueue<'_>>,
    mut teams: Vec<ReadTeam<'_>>,
    horizon_s: f64,
) -> Result<(Vec<Queue>, Vec<Team>), CenterError> {
    every_skill_is_asked_for(&queues, &teams)?;
    for read in &mut queues {
        read.queue.reach = reach(read, &teams)?;
        read.queue.widens_after_s = widenings(&read.queue.reach);
        the_work_can_be_done(read, &teams, horizon_s)?;
    }
    for (nth, team) in teams.iter_mut().enumerate() {
        team.team.links = links(&queues, nth);
    }
    let queues = queues.into_iter().map(|read| read.queue).collect();
    Ok((queues, teams.into_iter().map(|read| read.team).collect()))
}

fn every_skill_is_asked_for(queues: &[ReadQueue<'_>], teams: &[ReadTeam<'_>]) -> Result<(), CenterError> {
    let asked_for = |skill: &str| {
        queues.iter().any(|queue| {
            queue.skill.0 == skill || queue.overflow.iter().any(|(_, overflow, _)| *overflow == skill)
        })
    };
    match teams.iter().flat_map(|team| &team.skills).find(|skill| !asked_for(skill.name)) {
        Some(skill) => Err(skill.field.wrong(Wrong::NoQueueAsks { skill: skill.name.to_owned() })),
        None => Ok(()),
    }
}

/// The teams that may take a queue's contacts, the ablest first. A team is named once, with its shortest wait.
fn reach(read: &ReadQueue<'_>, teams: &[ReadTeam<'_>]) -> Result<Vec<Reach>, CenterError> {
    let (skill, field) = &read.skill;
    let after_s = |level: u8| match level {
        1 => 0.0,
        // Beyond the last ring, everybody with the skill may.
        level => {
            read.bullseye_s.get(usize::from(level) - 2).or(read.bullseye_s.last()).copied().unwrap_or(0.0)
        }
    };
    let mut reach = with_skill(teams, skill, after_s);
    if reach.is_empty() {
        return Err(field.wrong(Wrong::NobodyHasSkill { skill: (*skill).to_owned() }));
    }
    for (wait_s, skill, field) in &read.overflow {
        let more = with_skill(teams, skill, |_| *wait_s);
        if more.is_empty() {
            return Err(field.wrong(Wrong::NobodyHasSkill { skill: (*skill).to_owned() }));
        }
        let new = |one: &Reach| reach.iter().all(|known: &Reach| known.team != one.team);
        let more: Vec<Reach> = more.into_iter().filter(new).collect();
        reach.extend(more);
    }
    reach.sort_by_key(|one| (one.level, one.team));
    Ok(reach)
}

fn with_skill(teams: &[ReadTeam<'_>], skill: &str, after_s: impl Fn(u8) -> f64) -> Vec<Reach> {
    let teams = teams.iter().enumerate();
    let levels = teams.filter_map(|(nth, team)| {
        let found = team.skills.iter().find(|known| known.name == skill)?;
        Some(Reach { team: nth as u16, level: found.level, after_s: after_s(found.level) })
    });
    levels.collect()
}

/// Waits after which more teams may take a contact.
fn widenings(reach: &[Reach]) -> Vec<f64> {
    let mut waits: Vec<f64> = reach.iter().map(|one| one.after_s).filter(|after_s| *after_s > 0.0).collect();
    waits.sort_by(f64::total_cmp);
    waits.dedup();
    waits
}

/// Where nobody gives up, the line grows without end when more work comes than those who may do it have time for. E-mail is
/// left aside: its backlog is what one wants to see.
fn the_work_can_be_done(
    read: &ReadQueue<'_>,
    teams: &[ReadTeam<'_>],
    horizon_s: f64,
) -> Result<(), CenterError> {
    let queue = &read.queue;
    if queue.channel == Channel::Email || queue.patience.length.is_some() || queue.waiting_max.is_some() {
        return Ok(());
    }
    let (mut work_hours, mut staffed_hours) = (0.0, 0.0);
    for reach in &queue.reach {
        let team = &teams[usize::from(reach.team)].team;
        staffed_hours += team.staffed_hours * team.parallel() as f64 / team.pace;
    }
    let handle_s =
        queue.handle.mean_s.mean() + queue.after_contact.as_ref().map_or(0.0, |law| law.mean_s.mean());
    work_hours += queue.arrivals.expected() * handle_s / HOUR_S;
    if work_hours < staffed_hours || horizon_s == 0.0 {
        return Ok(());
    }
    Err(read.patience.wrong(Wrong::EndlessWait { work_hours, staffed_hours }))
}

/// The queues that a team may take from: the most urgent first, of equally urgent ones those it is ablest for.
fn links(queues: &[ReadQueue<'_>], team: usize) -> Vec<Link> {
    let mut ranked: Vec<((u8, u8), Link)> = Vec::new();
    for (nth, read) in queues.iter().enumerate() {
        if let Some(reach) = read.queue.reach.iter().find(|reach| usize::from(reach.team) == team) {
            let is_chat = read.queue.channel == Channel::Chat;
            let link = Link { queue: nth as u16, class: 0, after_s: reach.after_s, is_chat };
            ranked.push(((read.priority, reach.level), link));
        }
    }
    ranked.sort_by_key(|(rank, link)| (*rank, link.queue));
    let mut class = 0;
    let mut links: Vec<Link> = Vec::new();
    for (nth, (rank, link)) in ranked.iter().enumerate() {
        class += u16::from(nth > 0 && ranked[nth - 1].0 != *rank);
        links.push(Link { class, ..*link });
    }
    links
}
