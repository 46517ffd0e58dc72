//! The same seed gives the same life; two plans meet the same contacts.

use crate::centers::{lives, one_queue, read, summary};
use simulation::{Center, Simulator, Summary};

const EXAMPLE: &str = include_str!("../../../../../docs/book/simulation-example.toml");

#[test]
fn a_seed_gives_the_life_that_it_has_always_given_on_any_machine() {
    let text = one_queue("1d", 60.0, "handle = { mean = \"5m\", spread = 0.8 }\npatience = \"2m\"", 6);
    let life = lives(&text, 1).remove(0);
    let calls = life.queues[0];
    assert_eq!((calls.offered, calls.answered, calls.abandoned, life.events), PINNED_COUNTS);
    assert_eq!(calls.wait_all_s.to_bits(), PINNED_WAIT, "{}", calls.wait_all_s);
}

const PINNED_COUNTS: (u64, u64, u64, u64) = (1471, 1300, 171, 2990);
const PINNED_WAIT: u64 = 4_670_699_281_851_641_657;

#[test]
fn a_life_does_not_depend_on_which_were_lived_before() {
    let center = read(EXAMPLE);
    let mut used = Simulator::new(&center);
    for number in 0..3 {
        used.replicate(9, number).unwrap();
    }
    assert_eq!(used.replicate(9, 1).unwrap(), Simulator::new(&center).replicate(9, 1).unwrap());
    assert_ne!(used.replicate(9, 1).unwrap(), used.replicate(9, 2).unwrap());
    assert_ne!(used.replicate(9, 1).unwrap(), used.replicate(8, 1).unwrap());
}

#[test]
fn two_plans_meet_the_same_contacts() {
    let queue = "handle = \"3m\"\npatience = \"2m\"";
    let (few, many) = (one_queue("2d", 100.0, queue, 4), one_queue("2d", 100.0, queue, 40));
    for (few, many) in lives(&few, 3).iter().zip(&lives(&many, 3)) {
        assert_eq!(few.queues[0].came, many.queues[0].came);
        assert!(few.queues[0].abandoned > many.queues[0].abandoned);
    }
}

#[test]
fn a_paired_difference_is_known_better_than_either_plan() {
    let queue = "handle = \"3m\"\npatience = \"2m\"";
    let (first, second) = (one_queue("1d", 100.0, queue, 5), one_queue("1d", 100.0, queue, 6));
    let (first, second) = (summary(&first, 20), summary(&second, 20));
    let differences = first.compare(&second);
    let wait = differences.iter().find(|one| one.name == "wait_s").unwrap();
    let (first, second, change) = (wait.first.unwrap(), wait.second.unwrap(), wait.change.unwrap());
    assert!((second.mean - first.mean - change.mean).abs() < 1e-9 && change.mean < 0.0);
    let apart = first.half_width.unwrap().hypot(second.half_width.unwrap());
    assert!(change.half_width.unwrap() < 0.6 * apart, "{change:?} {apart}");
}

#[test]
fn the_example_of_the_book_is_read_and_every_contact_of_it_is_accounted_for() {
    let center = Center::read(EXAMPLE).unwrap();
    assert_eq!(center.name(), "Riverton 311");
    let life = Simulator::new(&center).replicate(1, 0).unwrap();
    for queue in &life.queues {
        assert_eq!(
            queue.came,
            queue.contained + queue.hung_up + queue.turned_away + queue.busy_tone + queue.offered
        );
    }
    let summary = Summary::of(&center, &[life]);
    assert_eq!(summary.intervals.len(), 336);
    assert!(summary.figures.iter().all(|figure| figure.estimate.is_none_or(|one| one.half_width.is_none())));
}

#[test]
fn a_queue_that_is_added_leaves_the_callers_of_the_others_as_they_are() {
    let queue = |name: &str| {
        format!(
            "[[queue]]\nname = \"{name}\"\narrivals = {{ per_hour = 100 }}\nhandle = \"3m\"\npatience = \"2m\"\n"
        )
    };
    let team = |name: &str| format!("[[team]]\nname = \"{name}\"\nskills = {{ {name} = 1 }}\nagents = 5\n");
    let alone = format!("horizon = \"1d\"\n{}{}", queue("calls"), team("calls"));
    let second =
        format!("horizon = \"1d\"\n{}{}{}{}", queue("new"), queue("calls"), team("new"), team("calls"));
    assert_eq!(lives(&alone, 2)[1].queues[0], lives(&second, 2)[1].queues[1]);
}
