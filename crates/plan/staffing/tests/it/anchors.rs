//! Values that can be worked out by hand, and inputs at the edges.

use staffing::square_root::{
    agents, beta_for_wait_probability, wait_probability_impatient, wait_probability_patient,
};
use staffing::{
    Cause, ChatTeam, DeferredWork, Demand, Patience, PatienceEstimate, Queue, QueuedContact, Shrinkage,
    SkillClass, StaffingError, Target, Targets, estimate_patience, one_more_one_less, patience_from_totals,
    two_skills, waits_by_priority,
};

fn demand(contacts: f64, interval_s: f64, handle_s: f64) -> Demand {
    Demand::new(contacts, interval_s, handle_s).unwrap()
}

fn check(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-12 * expected.abs().max(1e-3), "{found} {expected}");
}

#[test]
fn two_erlangs_on_three_agents_make_four_of_nine_contacts_wait() {
    let queue = Queue::new(demand(2.0, 1.0, 1.0), Patience::ENDLESS);
    check(queue.measures(3, 0.0).unwrap().wait_probability, 4.0 / 9.0);
    check(queue.measures_of_fractions(3.0, 0.0).unwrap().wait_probability, 4.0 / 9.0);
}

#[test]
fn when_patience_equals_handle_time_the_number_in_the_system_is_poisson() {
    let queue = Queue::new(demand(1.0, 1.0, 1.0), Patience::exponential(1.0).unwrap());
    let found = queue.measures(1, 0.0).unwrap();
    let e = std::f64::consts::E;
    check(found.wait_probability, 1.0 - 1.0 / e);
    check(found.queue_mean, 1.0 / e);
}

#[test]
fn a_part_of_an_agent_lies_between_whole_ones() {
    let queue = Queue::new(demand(10.0, 180.0, 180.0), Patience::ENDLESS);
    let share = |agents: f64| queue.measures_of_fractions(agents, 20.0).unwrap().within.answered_within;
    assert!(share(12.0) < share(12.4) && share(12.4) < share(13.0));
    let impatient = Queue::new(demand(10.0, 180.0, 180.0), Patience::exponential(60.0).unwrap());
    assert!(impatient.measures_of_fractions(12.4, 20.0).is_err());
}

#[test]
fn contacts_that_do_not_come_are_answered_at_once_and_need_one_agent() {
    for patience in
        [Patience::ENDLESS, Patience::exponential(60.0).unwrap(), Patience::uniform(60.0).unwrap()]
    {
        let queue = Queue::new(demand(0.0, 1800.0, 180.0), patience);
        let found = queue.measures(1, 20.0).unwrap();
        assert_eq!((found.wait_probability, found.occupancy, found.within.answered_within), (0.0, 0.0, 1.0));
        let targets = Targets { occupancy_max: Some(0.8), ..Targets::default() };
        assert_eq!(targets.requirement(&queue).unwrap().agents, 1);
    }
}

#[test]
fn extreme_teams_and_patience_give_numbers() {
    for (load, agents) in [(1e-9, 1), (1e-9, 1000), (50_000.0, 1), (50_000.0, 49_000), (50_000.0, 51_000)] {
        for mean_s in [1e-6, 1.0, 1e4, 1e9] {
            let queue = Queue::new(demand(load, 300.0, 300.0), Patience::exponential(mean_s).unwrap());
            for within_s in [0.0, 20.0, 1e6] {
                let found = queue.measures(agents, within_s).unwrap();
                for value in [
                    found.wait_all_s,
                    found.asa_s,
                    found.queue_mean,
                    found.abandon_share,
                    found.wait_abandoned_s,
                ] {
                    assert!(
                        value.is_finite() && value >= 0.0,
                        "{load} {agents} {mean_s} {within_s} {found:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn numbers_that_make_no_sense_are_refused_by_name() {
    let field = |error: StaffingError| match error {
        StaffingError::OutOfRange { field, .. } => field,
        other => panic!("{other}"),
    };
    assert_eq!(field(Demand::new(f64::NAN, 1.0, 1.0).unwrap_err()), "calls");
    assert_eq!(field(Demand::new(-1.0, 1.0, 1.0).unwrap_err()), "calls");
    assert_eq!(field(Demand::new(1.0, 0.0, 1.0).unwrap_err()), "interval_s");
    assert_eq!(field(Demand::new(1.0, 1.0, f64::INFINITY).unwrap_err()), "aht_s");
    assert_eq!(field(Patience::exponential(0.0).unwrap_err()), "mean_patience_s");
    let queue = Queue::new(demand(1.0, 1.0, 1.0), Patience::exponential(1.0).unwrap());
    assert_eq!(field(queue.measures(0, 1.0).unwrap_err()), "agents");
    assert_eq!(field(queue.measures(1, -1.0).unwrap_err()), "threshold_s");
    assert_eq!(Targets::default().requirement(&queue), Err(StaffingError::NoTarget));
}

#[test]
fn the_cap_on_occupancy_binds_in_a_large_team() {
    let queue = Queue::new(demand(28_800.0, 1800.0, 300.0), Patience::exponential(120.0).unwrap());
    let targets = Targets { occupancy_max: Some(0.88), abandon_share_max: Some(0.05), ..Targets::default() };
    let found = targets.requirement(&queue).unwrap();
    assert_eq!((found.agents, found.binding), (5455, vec![Target::Occupancy]));
}

#[test]
fn people_to_schedule_are_rounded_up_but_not_for_a_rounding_error() {
    let cause = |name: &str, share| Cause { name: name.to_owned(), share };
    let shrinkage = Shrinkage::new(vec![cause("breaks", 0.1), cause("training", 0.2)]).unwrap();
    assert_eq!(shrinkage.scheduled(14), Ok(20));
    assert_eq!(shrinkage.scheduled(15), Ok(22));
    assert!(Shrinkage::new(vec![cause("breaks", 0.6), cause("leave", 0.4)]).is_err());
}

#[test]
fn patience_is_total_time_in_queue_over_abandonments() {
    let contact = |wait_s, gave_up| QueuedContact { wait_s, gave_up };
    let found = estimate_patience([contact(100.0, false), contact(20.0, true), contact(60.0, true)]).unwrap();
    assert_eq!((found.mean_s, found.abandonments), (Some(90.0), 2));
    // Exact limits of a Poisson count of ten are 4.795 and 18.390.
    let PatienceEstimate { low_s, high_s, .. } = patience_from_totals(1000.0, 10).unwrap();
    assert!((low_s / (1000.0 / 18.390) - 1.0).abs() < 2e-3, "{low_s}");
    assert!((high_s.unwrap() / (1000.0 / 4.795) - 1.0).abs() < 2e-3, "{high_s:?}");
    assert_eq!(patience_from_totals(1000.0, 0).unwrap().mean_s, None);
}

#[test]
fn one_more_agent_costs_what_an_agent_costs() {
    let queue = Queue::new(demand(100.0, 1800.0, 180.0), Patience::ENDLESS);
    let table = one_more_one_less(&queue, 11, 2, 20.0, 30.0, 1.25).unwrap();
    assert_eq!(table.iter().map(|row| row.agents).collect::<Vec<_>>(), [9, 10, 11, 12, 13]);
    assert!(table[1].measures.is_none() && table[2].measures.is_some());
    check(table[3].cost - table[2].cost, 30.0 * 1.25 / 2.0);
}

#[test]
fn the_first_class_waits_less_and_the_last_may_have_no_steady_state() {
    let found = waits_by_priority(10, &[30.0, 60.0], 1800.0, 300.0).unwrap();
    assert_eq!(found.wait_probability, 1.0);
    check(found.asa_s[0].unwrap(), 60.0);
    assert!(found.asa_s[1].is_none());
}

#[test]
fn one_chat_at_a_time_is_a_queue_of_calls() {
    let patience = Patience::exponential(90.0).unwrap();
    let calls = Queue::new(demand(100.0, 1800.0, 180.0), patience).measures(11, 20.0).unwrap();
    let chats = ChatTeam::new(11, &[180.0]).unwrap().measures(100.0, 1800.0, patience, 20.0).unwrap();
    check(chats.abandon_share, calls.abandon_share);
    check(chats.answered_within, calls.within.answered_within);
    check(chats.chat_mean_s, 180.0);
}

#[test]
fn with_one_class_switched_off_the_teams_of_a_w_are_one() {
    let class = |contacts, agents| SkillClass { contacts, mean_patience_s: 90.0, agents };
    let found = two_skills([class(100.0, 8), class(0.0, 0)], 3, 1800.0, 180.0).unwrap();
    let queue = Queue::new(demand(100.0, 1800.0, 180.0), Patience::exponential(90.0).unwrap());
    let one = queue.measures(11, 0.0).unwrap();
    assert!((found.classes[0].abandon_share / one.abandon_share - 1.0).abs() < 1e-9);
    assert!((found.classes[0].wait_probability / one.wait_probability - 1.0).abs() < 1e-9);
}

#[test]
fn gaps_between_calls_finish_what_may_wait() {
    let work = DeferredWork::new(&[12.0, 0.0, 0.0], 300.0, 1800.0, 2).unwrap();
    let blended = work.blended(&[0.5, 2.0, 2.0], 1.0).unwrap();
    assert_eq!(blended.extra_agents, 0.0);
    check(blended.done[0], 0.5);
    check(blended.backlog[0], 1.5);
    check(blended.backlog[1], 0.0);
}

#[test]
fn the_square_root_rule_and_its_inverse_agree() {
    let beta = beta_for_wait_probability(0.2).unwrap();
    assert!((wait_probability_patient(beta).unwrap() - 0.2).abs() < 1e-9);
    check(agents(100.0, 1.0).unwrap(), 110.0);
}

#[test]
fn far_from_the_load_everybody_waits_or_nobody_does() {
    assert_eq!(wait_probability_impatient(-60.0, 60.0, 6000.0), Ok(1.0));
    assert_eq!(wait_probability_impatient(60.0, 60.0, 6000.0), Ok(0.0));
}
