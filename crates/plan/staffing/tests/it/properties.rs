//! What holds for every queue.

use proptest::prelude::*;
use staffing::{
    ChatTeam, Day, DeferredWork, Demand, FiniteLines, Measures, Patience, Queue, ServiceLevel,
    ServiceLevelTarget, StaffedInterval, StaffingError, Targets, erlang_b,
};

const VARIANTS: [ServiceLevel; 5] = [
    ServiceLevel::OverOffered,
    ServiceLevel::OverAnswered,
    ServiceLevel::OverOfferedLessShortAbandons,
    ServiceLevel::AnsweredOrAbandoned,
    ServiceLevel::VirtualWait,
];

fn any_demand() -> impl Strategy<Value = Demand> {
    (-3.0..3.5_f64, 20.0..900.0_f64).prop_map(|(log_load, handle_s)| {
        Demand::new(10_f64.powf(log_load) * 1800.0 / handle_s, 1800.0, handle_s).unwrap()
    })
}

fn any_patience() -> impl Strategy<Value = Patience> {
    let mean = || (-1.0..5.0_f64).prop_map(|log| 10_f64.powf(log));
    prop_oneof![
        mean().prop_map(|mean| Patience::exponential(mean).unwrap()),
        mean().prop_map(|limit| Patience::deterministic(limit).unwrap()),
        mean().prop_map(|most| Patience::uniform(most).unwrap()),
        (0.0..1.0, mean(), mean()).prop_map(|(p, one, two)| Patience::hyperexponential(p, one, two).unwrap()),
        (0.0..0.9, mean()).prop_map(|(balk, mean)| Patience::with_balking(balk, mean).unwrap()),
    ]
}

fn any_agents(demand: &Demand, spare: f64) -> u32 {
    let load = demand.load_erlangs();
    (load + spare * load.sqrt()).round().max(1.0) as u32
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()) + 1e-12
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn everybody_offered_is_answered_or_gives_up_and_agents_are_busy_with_the_answered(
        demand in any_demand(), patience in any_patience(), spare in -5.0..6.0_f64, within_s in 0.0..300.0_f64
    ) {
        let agents = any_agents(&demand, spare);
        let found = Queue::new(demand, patience).measures(agents, within_s).unwrap();
        prop_assert!(close(found.within.answered + found.abandon_share, 1.0));
        prop_assert!(close(found.occupancy * f64::from(agents), demand.load_erlangs() * found.within.answered));
        prop_assert!(found.occupancy <= 1.0 + 1e-12);
        // Little's law, and the mean wait of all as the mixture of those answered and those not.
        prop_assert!(close(found.queue_mean, demand.rate() * found.wait_all_s));
        let mixed = found.within.answered * found.asa_s + found.abandon_share * found.wait_abandoned_s;
        prop_assert!(close(mixed, found.wait_all_s), "{mixed} {}", found.wait_all_s);
        prop_assert!(found.within.answered_within + found.within.abandoned_within <= 1.0 + 1e-12);
        for counted in VARIANTS {
            prop_assert!((0.0..=1.0 + 1e-12).contains(&found.within.share(counted)));
        }
    }

    #[test]
    fn exponential_patience_gives_up_at_its_rate_while_waiting(
        demand in any_demand(), log_mean in -1.0..6.0_f64, spare in -5.0..6.0_f64
    ) {
        let mean_s = 10_f64.powf(log_mean);
        let queue = Queue::new(demand, Patience::exponential(mean_s).unwrap());
        let found = queue.measures(any_agents(&demand, spare), 20.0).unwrap();
        prop_assert!(close(found.abandon_share, found.wait_all_s / mean_s));
    }

    #[test]
    fn one_more_agent_makes_nothing_worse(
        demand in any_demand(), patience in any_patience(), spare in -5.0..6.0_f64, within_s in 0.0..300.0_f64
    ) {
        let queue = Queue::new(demand, patience);
        let agents = any_agents(&demand, spare);
        let (fewer, more) = (queue.measures(agents, within_s).unwrap(), queue.measures(agents + 1, within_s).unwrap());
        let no_more = |of: fn(&Measures) -> f64| of(&more) <= of(&fewer) * (1.0 + 1e-9) + 1e-12;
        prop_assert!(no_more(|m| m.wait_probability) && no_more(|m| m.abandon_share) && no_more(|m| m.occupancy));
        prop_assert!(no_more(|m| m.wait_all_s));
        for counted in [ServiceLevel::OverOffered, ServiceLevel::AnsweredOrAbandoned, ServiceLevel::VirtualWait] {
            prop_assert!(more.within.share(counted) >= fewer.within.share(counted) - 1e-9);
        }
    }

    #[test]
    fn endless_patience_is_the_limit_of_long_patience(demand in any_demand(), spare in 0.5..6.0_f64) {
        let agents = any_agents(&demand, spare) + 1;
        let patient = Queue::new(demand, Patience::ENDLESS).measures(agents, 20.0).unwrap();
        let nearly = Queue::new(demand, Patience::exponential(1e12).unwrap()).measures(agents, 20.0).unwrap();
        prop_assert!((patient.wait_probability - nearly.wait_probability).abs() < 1e-5);
        prop_assert!((patient.asa_s - nearly.asa_s).abs() < 1e-4 * (1.0 + patient.asa_s));
        prop_assert!((patient.within.answered_within - nearly.within.answered_within).abs() < 1e-5);
    }

    #[test]
    fn without_any_patience_agents_are_lines_and_who_finds_none_is_lost(demand in any_demand(), spare in -5.0..6.0_f64) {
        let agents = any_agents(&demand, spare);
        let hasty = Queue::new(demand, Patience::exponential(1e-9).unwrap()).measures(agents, 20.0).unwrap();
        let blocked = erlang_b::blocking(agents, demand.load_erlangs()).unwrap();
        prop_assert!((hasty.abandon_share - blocked).abs() < 1e-6);
    }

    #[test]
    fn a_requirement_meets_its_targets_and_one_agent_fewer_does_not(
        demand in any_demand(), patience in any_patience(), share in 0.05..0.99_f64, within_s in 0.0..120.0_f64,
        abandon in 0.001..0.5_f64, occupancy in 0.3..0.99_f64, guess in 1..5000_u32
    ) {
        let queue = Queue::new(demand, patience);
        let service_level = Some(ServiceLevelTarget { share, within_s, counted: ServiceLevel::OverOffered });
        let targets = Targets {
            service_level,
            abandon_share_max: Some(abandon),
            occupancy_max: Some(occupancy),
            asa_s_max: Some(60.0),
        };
        let found = targets.requirement(&queue).unwrap();
        let meets = |m: &Measures| {
            m.within.answered_within >= share && m.abandon_share <= abandon && m.occupancy <= occupancy && m.asa_s <= 60.0
        };
        prop_assert!(meets(&found.measures));
        if found.agents > 1 {
            prop_assert!(!meets(&queue.measures(found.agents - 1, within_s).unwrap()));
            prop_assert!(!found.binding.is_empty());
        }
        prop_assert_eq!(targets.requirement_near(&queue, guess).unwrap().agents, found.agents);
    }

    #[test]
    fn parts_of_an_agent_lie_below_the_whole_ones_and_above_one_fewer(
        demand in any_demand(), patience in any_patience(), share in 0.05..0.99_f64, within_s in 0.0..120.0_f64
    ) {
        let service_level = Some(ServiceLevelTarget { share, within_s, counted: ServiceLevel::OverOffered });
        let targets = Targets { service_level, ..Targets::default() };
        for queue in [Queue::new(demand, patience), Queue::new(demand, Patience::ENDLESS)] {
            let whole = f64::from(targets.requirement(&queue).unwrap().agents);
            let parts = targets.fractional_requirement(&queue).unwrap();
            prop_assert!(parts <= whole && parts >= whole - 1.0, "{parts} {whole}");
        }
    }

    #[test]
    fn a_chat_team_meets_its_targets_and_one_agent_fewer_does_not(
        chats in 0.5..200.0_f64, alone_s in 100.0..900.0_f64, slower in 1.0..1.9_f64, share in 0.3..0.95_f64,
        patience_s in 10.0..300.0_f64, guess in 1..200_u32
    ) {
        let handle_s = [alone_s, alone_s * slower, alone_s * slower * slower];
        let service_level = Some(ServiceLevelTarget { share, within_s: 20.0, counted: ServiceLevel::OverOffered });
        let targets = Targets { service_level, occupancy_max: Some(0.85), ..Targets::default() };
        let demand = Demand::new(chats, 1800.0, alone_s).unwrap();
        let patience = Patience::exponential(patience_s).unwrap();
        let found = targets.chat_requirement(demand, &handle_s, patience, guess).unwrap();
        let meets = |agents: u32| {
            let measures = ChatTeam::new(agents, &handle_s).unwrap().measures(chats, 1800.0, patience, 20.0).unwrap();
            measures.answered_within >= share && measures.place_occupancy <= 0.85
        };
        prop_assert!(meets(found.agents));
        prop_assert!(found.agents == 1 || (!meets(found.agents - 1) && !found.binding.is_empty()));
    }

    #[test]
    fn offered_contacts_are_blocked_or_give_up_or_are_answered(
        demand in any_demand(), spare in -5.0..6.0_f64, places in 0..300_u32, log_mean in -1.0..5.0_f64
    ) {
        let agents = any_agents(&demand, spare);
        let lines = FiniteLines::new(demand, Some(10_f64.powf(log_mean)), agents, agents + places).unwrap();
        let found = lines.measures(20.0).unwrap();
        prop_assert!(close(found.blocked_share + found.abandon_share + found.answered_share, 1.0));
        prop_assert!(found.answered_within <= found.answered_share + 1e-12);
    }

    #[test]
    fn with_many_lines_they_do_not_matter(demand in any_demand(), spare in -3.0..6.0_f64, log_mean in 0.0..3.0_f64) {
        let (agents, mean_s) = (any_agents(&demand, spare), 10_f64.powf(log_mean));
        let lines = FiniteLines::new(demand, Some(mean_s), agents, agents + 100_000).unwrap().measures(20.0).unwrap();
        let queue = Queue::new(demand, Patience::exponential(mean_s).unwrap()).measures(agents, 20.0).unwrap();
        prop_assert!(close(lines.abandon_share, queue.abandon_share));
        prop_assert!(close(lines.answered_within, queue.within.answered_within));
    }

    #[test]
    fn a_load_at_or_above_the_agents_has_no_steady_state_when_nobody_gives_up(agents in 1..500_u32, more in 0.0..3.0_f64) {
        let demand = Demand::new(f64::from(agents) * (1.0 + more), 60.0, 60.0).unwrap();
        let found = Queue::new(demand, Patience::ENDLESS).measures(agents, 20.0);
        let refused = matches!(found, Err(StaffingError::Overloaded { .. }));
        prop_assert!(refused, "{found:?}");
    }

    #[test]
    fn servers_turn_away_no_more_than_asked_and_one_fewer_would(load in 0.001..3000.0_f64, target in 0.0001..0.9_f64) {
        let servers = erlang_b::servers(load, target).unwrap();
        prop_assert!(erlang_b::blocking(servers, load).unwrap() <= target);
        prop_assert!(erlang_b::blocking(servers - 1, load).unwrap() > target);
        let most = erlang_b::load_max(servers, target).unwrap();
        prop_assert!(most >= load * (1.0 - 1e-9));
        prop_assert!(close(erlang_b::blocking(servers, most).unwrap(), target));
        let between = erlang_b::blocking_real(f64::from(servers) - 0.5, load).unwrap();
        prop_assert!(erlang_b::blocking(servers, load).unwrap() < between);
        prop_assert!(between < erlang_b::blocking(servers - 1, load).unwrap());
    }

    #[test]
    fn a_day_loses_no_contact(
        contacts in prop::collection::vec(0.0..120.0_f64, 1..6), agents in 0..25_u32, patience_s in 5.0..600.0_f64, start in 0..40_u32
    ) {
        let mut day = Day::new(900.0, 200.0, Some(patience_s), 20.0, start).unwrap();
        let mut in_system = f64::from(start);
        for contacts in contacts {
            let counts = day.pass(StaffedInterval { contacts, agents }).unwrap();
            let left = in_system + counts.offered - counts.abandoned - counts.completed;
            prop_assert!((left - counts.in_system_end).abs() < 1e-9 * (1.0 + contacts + in_system), "{left} {counts:?}");
            in_system = counts.in_system_end;
        }
    }

    #[test]
    fn deferred_work_is_all_done_in_gaps_and_by_extra_agents(
        contacts in prop::collection::vec(0.0..200.0_f64, 2..40), deadline in 1..10_usize, gap in 0.0..10.0_f64, usable in 0.0..1.0_f64
    ) {
        let work = DeferredWork::new(&contacts, 300.0, 1800.0, deadline).unwrap();
        let alone = work.constant_staff();
        prop_assert!(f64::from(alone.agents_whole) >= alone.agents - 1e-9);
        let blended = work.blended(&vec![gap; contacts.len()], usable).unwrap();
        prop_assert!(blended.extra_agents <= alone.agents + 1e-9);
        let came: f64 = contacts.iter().map(|contacts| contacts / 6.0).sum();
        let done: f64 = blended.done.iter().sum();
        prop_assert!(close(done + blended.backlog[contacts.len() - 1], came));
        // Whatever came up to the deadline before an interval's end is done by then.
        for last in deadline..contacts.len() {
            let due: f64 = contacts[..=last - deadline + 1].iter().take(last + 2 - deadline).map(|c| c / 6.0).sum();
            let done: f64 = blended.done[..=last].iter().sum();
            prop_assert!(done >= due - 1e-9 * (1.0 + due), "{done} {due}");
        }
    }
}

proptest! {
    // Each of these follows thousands of events.
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn a_day_that_stays_the_same_comes_to_the_steady_state(load in 0.5..40.0_f64, spare in -2.0..4.0_f64, patience_s in 20.0..300.0_f64) {
        let demand = Demand::new(load * 18.0, 1800.0, 100.0).unwrap();
        let agents = any_agents(&demand, spare);
        let mut day = Day::new(1800.0, 100.0, Some(patience_s), 20.0, 0).unwrap();
        let steady = Queue::new(demand, Patience::exponential(patience_s).unwrap()).measures(agents, 20.0).unwrap();
        let interval = StaffedInterval { contacts: demand.contacts(), agents };
        let last = (0..6).map(|_| day.pass(interval).unwrap()).last().unwrap();
        prop_assert!((last.queue_mean - steady.queue_mean).abs() < 1e-6 * (1.0 + steady.queue_mean));
        prop_assert!((last.answered_within - steady.within.answered_within).abs() < 1e-6);
    }
}
