//! What a center does, one thing at a time.

use crate::centers::{life, lives, of_queue, one_queue, summary};

const PLAIN: &str = "handle = \"3m\"\npatience = \"2m\"";

#[test]
fn a_storm_brings_the_contacts_that_it_says() {
    let calm = one_queue("2d", 100.0, PLAIN, 10);
    let storm = calm.clone() + "[[storm]]\nfrom = \"tue 10:00\"\nfor = \"4h\"\nfactor = 3\ncontacts = 200\n";
    let came = |text: &str| -> f64 {
        lives(text, 40).iter().map(|one| one.queues[0].came as f64).sum::<f64>() / 40.0
    };
    // Four hours at twice a hundred more, and two hundred; the spread of the mean of 40 counts of 5,800 is 12.
    assert!((came(&storm) - came(&calm) - 1000.0).abs() < 50.0);
}

#[test]
fn nobody_gets_in_during_an_outage_and_some_come_again() {
    let text = one_queue("1d", 100.0, &(PLAIN.to_owned() + "\nagain = { share = 1, after = \"3h\" }"), 20)
        + "[[outage]]\nqueues = [\"calls\"]\nfrom = \"10h\"\nfor = \"1h\"\n";
    let calls = life(&text)[0];
    assert!(calls.turned_away > 60, "{calls:?}");
    assert!(calls.came_again > 60 && calls.came_again <= calls.turned_away + calls.abandoned, "{calls:?}");
    assert_eq!(calls.came, calls.turned_away + calls.offered);
}

#[test]
fn days_differ_when_they_are_said_to() {
    let spread = |day_spread: f64| {
        let text = format!(
            "horizon = \"1d\"\n[[queue]]\nname = \"calls\"\nhandle = \"1m\"\npatience = \"1m\"\n\
             arrivals = {{ per_hour = 400, day_spread = {day_spread:?} }}\n\
             [[team]]\nname = \"t\"\nskills = {{ calls = 1 }}\nagents = 9\n"
        );
        let counts: Vec<f64> = lives(&text, 60).iter().map(|one| one.queues[0].came as f64).collect();
        let mean = counts.iter().sum::<f64>() / 60.0;
        (counts.iter().map(|count| (count - mean).powi(2)).sum::<f64>() / 59.0).sqrt() / mean
    };
    // Counting alone spreads by 1/sqrt(9600), one percent.
    assert!(spread(0.0) < 0.015);
    assert!((0.14..0.28).contains(&spread(0.2)), "{}", spread(0.2));
}

#[test]
fn a_menu_keeps_its_share_and_the_others_wait_from_its_end() {
    let queue =
        PLAIN.to_owned() + "\nmenu = { lasts = { exactly = \"1m\" }, contained = 0.4, hang_up = 0.1 }";
    let calls = life(&one_queue("10d", 100.0, &queue, 30))[0];
    let share = |count: u64| count as f64 / calls.came as f64;
    // 24,000 calls: three standard errors are a hundredth.
    assert!((share(calls.contained) - 0.4).abs() < 0.01 && (share(calls.hung_up) - 0.1).abs() < 0.01);
    assert!(calls.answered_within == calls.offered, "the minute of the menu is no wait");
}

#[test]
fn a_break_takes_agents_away_and_is_never_cut_short() {
    let team = |breaks: &str| {
        format!(
            "horizon = \"1d\"\n[[queue]]\nname = \"calls\"\narrivals = {{ per_hour = 10 }}\n{PLAIN}\n\
             [[team]]\nname = \"t\"\nskills = {{ calls = 1 }}\n\
             shift = [{{ agents = 4, from = \"08:00\", to = \"16:00\", breaks = [{breaks}] }}]\n"
        )
    };
    let hours = |breaks: &str| lives(&team(breaks), 1)[0].teams[0].on_duty_s / 3600.0;
    let (without, with) = (hours(""), hours("{ at = \"12:00\", for = \"30m\", spread = \"1h\" }"));
    // Calls that end after four o'clock keep agents a few minutes.
    assert!((32.0..32.5).contains(&without), "{without}");
    assert!((with - (without - 2.0)).abs() < 0.3, "{with} {without}");
}

#[test]
fn the_night_shift_of_the_last_sunday_is_still_there_on_monday() {
    let text = "horizon = \"1d\"\n[[queue]]\nname = \"calls\"\narrivals = { per_hour = 10 }\nhandle = \"3m\"\npatience = \"2m\"\n\
        [[team]]\nname = \"t\"\nskills = { calls = 1 }\n\
        shift = [{ agents = 3, from = \"20:00\", to = \"06:00\", breaks = [{ at = \"01:00\", for = \"1h\" }] }]\n";
    let hours = lives(text, 1)[0].teams[0].on_duty_s / 3600.0;
    // Three agents for six hours less one, and for the four before midnight.
    assert!((27.0..27.5).contains(&hours), "{hours}");
}

#[test]
fn absent_agents_do_not_come() {
    let text = "horizon = \"8w\"\n[[queue]]\nname = \"calls\"\narrivals = { per_hour = 0.5 }\nhandle = \"1m\"\npatience = \"1m\"\n\
        [[team]]\nname = \"t\"\nskills = { calls = 1 }\nabsent = 0.1\nshift = [{ agents = 40, days = \"mon-fri\", from = \"08:00\", to = \"16:00\" }]\n";
    let hours = lives(text, 1)[0].teams[0].on_duty_s / 3600.0;
    // 1,600 shifts of eight hours; the share of absent ones has a standard error of 0.75 %.
    assert!((hours / 12_800.0 - 0.9).abs() < 0.025, "{hours}");
}

#[test]
fn calls_are_answered_by_abler_agents_first_and_by_others_after_a_wait() {
    let center = |bullseye: &str| {
        format!(
            "horizon = \"2d\"\n[[queue]]\nname = \"calls\"\nskill = \"s\"\narrivals = {{ per_hour = 60 }}\nhandle = \"3m\"\n\
             patience = \"5m\"\nanswer_within = 30\n{bullseye}\n\
             [[team]]\nname = \"able\"\nskills = {{ s = 1 }}\nagents = 3\n\
             [[team]]\nname = \"others\"\nskills = {{ s = 2 }}\nagents = 3\n"
        )
    };
    let (at_once, ringed) = (lives(&center(""), 5), lives(&center("bullseye = [\"40s\"]"), 5));
    for (at_once, ringed) in at_once.iter().zip(&ringed) {
        assert!(at_once.teams[0].busy_s > 1.5 * at_once.teams[1].busy_s);
        assert!(ringed.teams[1].busy_s < at_once.teams[1].busy_s, "fewer calls last until the ring opens");
        assert!(
            ringed.teams[1].busy_s > 0.0
                && ringed.queues[0].answered_within < at_once.queues[0].answered_within
        );
    }
}

#[test]
fn a_call_overflows_to_another_skill_after_its_wait() {
    let text = "horizon = \"1d\"\n[[queue]]\nname = \"calls\"\nskill = \"s\"\narrivals = { per_hour = 60 }\nhandle = \"4m\"\n\
        patience = { exactly = \"20m\" }\nanswer_within = 60\noverflow = [{ after = \"1m\", skill = \"help\" }]\n\
        [[team]]\nname = \"own\"\nskills = { s = 1 }\nagents = 2\n\
        [[team]]\nname = \"helpers\"\nskills = { help = 1 }\nagents = 20\n";
    let found = summary(text, 3);
    // Somebody is always free to help after a minute, so nobody waits longer.
    assert!(of_queue(&found, "calls", "wait_s").mean <= 60.0);
    assert_eq!(of_queue(&found, "calls", "service_level").mean, 1.0);
    assert!(lives(text, 1)[0].teams[1].busy_s > 0.0);
}

#[test]
fn call_backs_are_promised_kept_and_counted_as_asked() {
    let center = |counted: &str| {
        let queue = format!(
            "handle = \"4m\"\npatience = \"3m\"\nanswer_within = 20\n\
             call_back = {{ offer_after = \"30s\", accept = 0.6, reached = 0.7, attempts = 2, attempt = \"20s\", again_after = \"10m\", counted = \"{counted}\" }}"
        );
        one_queue("2d", 100.0, &queue, 7)
    };
    let (promise, call, answer) =
        (life(&center("promise"))[0], life(&center("call"))[0], life(&center("answer"))[0]);
    assert!(promise.promised > 100 && promise.not_reached > 0, "{promise:?}");
    assert_eq!(promise.promised, promise.called_back + promise.not_reached);
    assert_eq!(promise.offered, promise.answered + promise.abandoned + promise.not_reached);
    // The same life, counted three ways.
    assert!(promise.wait_answered_s < call.wait_answered_s && call.wait_answered_s < answer.wait_answered_s);
    assert!(promise.answered_within > call.answered_within);
    assert_eq!(promise.wait_call_back_s, answer.wait_call_back_s);
}

#[test]
fn a_named_time_is_kept_and_not_counted_as_a_wait() {
    let queue = "handle = \"4m\"\npatience = \"3m\"\nanswer_within = 20\n\
        call_back = { offer_after = \"0s\", accept = 1, later = 1, later_after = { exactly = \"1d\" }, counted = \"call\" }";
    // The second day has no calls, so whoever is called back then is called at once.
    let text = one_queue("2d", 100.0, queue, 7)
        .replace("per_hour = 100.0", "per_hour = 100.0, by_weekday = [1, 0, 0, 0, 0, 0, 0]");
    let calls = life(&text)[0];
    assert!(calls.promised > 100);
    assert_eq!(calls.promised, calls.called_back);
    assert!(calls.wait_answered_s / (calls.answered as f64) < 40.0, "{calls:?}");
}

#[test]
fn contacts_are_passed_on_and_change_the_channel() {
    let text = "horizon = \"2d\"\n[[queue]]\nname = \"calls\"\narrivals = { per_hour = 60 }\nhandle = \"4m\"\npatience = \"1m\"\n\
        transfer = { to = \"permits\", share = 0.3 }\nswitch = { to = \"mail\", share = 0.9, after = \"10m\" }\n\
        [[queue]]\nname = \"permits\"\narrivals = { per_hour = 0 }\nhandle = \"4m\"\npatience = \"1h\"\n\
        [[queue]]\nname = \"mail\"\nchannel = \"email\"\narrivals = { per_hour = 0 }\nhandle = \"4m\"\ndeadline = \"4h\"\n\
        [[team]]\nname = \"t\"\nskills = { calls = 1, permits = 1, mail = 1 }\nagents = 4\n";
    let [calls, permits, mail] = life(text)[..] else { panic!("three queues") };
    let share = permits.passed_on as f64 / calls.finished as f64;
    assert!((share - 0.3).abs() < 0.04, "{share}");
    assert_eq!((permits.came, mail.came), (permits.passed_on, mail.came_again));
    assert!(
        mail.came as f64 > 0.8 * calls.abandoned as f64 && mail.came <= calls.abandoned,
        "{calls:?} {mail:?}"
    );
}

#[test]
fn a_backlog_of_e_mail_is_worked_off_by_its_deadline_or_not() {
    let center = |agents: u32| {
        format!(
            "horizon = \"8h\"\n[[queue]]\nname = \"mail\"\nchannel = \"email\"\nbacklog = 60\narrivals = {{ per_hour = 0 }}\n\
             handle = {{ exactly = \"6m\" }}\ndeadline = \"2h\"\n[[team]]\nname = \"t\"\nskills = {{ mail = 1 }}\nagents = {agents}\n"
        )
    };
    // Ten letters an hour and agent: two hours are enough for three agents, one does a third of them.
    assert_eq!(life(&center(3))[0].finished_in_time, 60);
    assert_eq!(life(&center(1))[0].finished_in_time, 20);
    assert_eq!(life(&center(1))[0].finished, 60);
}

#[test]
fn letters_wait_where_nobody_is_at_work_any_more() {
    let text = "horizon = \"1d\"\n[[queue]]\nname = \"mail\"\nchannel = \"email\"\narrivals = { per_hour = 10 }\nhandle = \"6m\"\ndeadline = \"1h\"\n\
        [[team]]\nname = \"t\"\nskills = { mail = 1 }\nshift = [{ agents = 2, from = \"08:00\", to = \"16:00\" }]\n";
    let mail = life(text)[0];
    assert!(mail.left_over > 40 && mail.finished > 100, "{mail:?}");
    assert_eq!(mail.offered, mail.answered + mail.left_over);
}

#[test]
fn tired_agents_take_longer() {
    let queue = "handle = \"3m\"\npatience = \"2m\"";
    let fresh = one_queue("2d", 100.0, queue, 5);
    let tired = fresh.clone() + "fatigue = { above = 0.5, slower = 0.4, over = \"1h\" }\n";
    let (fresh, tired) = (life(&fresh)[0], life(&tired)[0]);
    let length = |calls: simulation::QueueCounts| calls.talk_s / calls.finished as f64;
    let longer = length(tired) / length(fresh);
    // Nearly always busy: nearly the full forty percent.
    assert!((1.25..1.42).contains(&longer), "{longer}");
}

#[test]
fn means_follow_the_time_of_day() {
    let text = one_queue("4d", 100.0, "handle = [\"1m\", \"5m\"]\npatience = \"2m\"", 20);
    let calls = life(&text)[0];
    let length = calls.talk_s / calls.finished as f64;
    assert!((length - 180.0).abs() < 10.0, "{length}");
}
