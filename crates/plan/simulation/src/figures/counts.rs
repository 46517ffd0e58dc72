//! What one replication counts.

/// One run through the whole time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Replication {
    /// For each queue, in the order of [`Center::queues`](crate::Center::queues).
    pub queues: Vec<QueueCounts>,
    /// For each team, in the order of [`Center::teams`](crate::Center::teams).
    pub teams: Vec<TeamCounts>,
    /// For each interval from the start; the warm-up too.
    pub intervals: Vec<IntervalCounts>,
    /// Things that happened.
    pub events: u64,
}

/// Contacts of one queue that came after the warm-up and before the end. Waits and lengths are sums in seconds.
///
/// Every contact is in one of these: `came = contained + hung_up + turned_away + busy_tone + offered`, and
/// `offered = answered + abandoned + not_reached + left_over`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct QueueCounts {
    /// All that came: new, again, from another queue.
    pub came: u64,
    /// Of these, tries after an earlier one that failed.
    pub came_again: u64,
    /// Of these, passed on by an agent of another queue.
    pub passed_on: u64,
    /// Got what they wanted from the menu.
    pub contained: u64,
    /// Hung up in the menu.
    pub hung_up: u64,
    /// Came during an outage.
    pub turned_away: u64,
    /// Heard a busy tone.
    pub busy_tone: u64,
    /// Entered the queue.
    pub offered: u64,
    /// Reached an agent.
    pub answered: u64,
    /// Answered within the time asked for.
    pub answered_within: u64,
    /// Gave up waiting.
    pub abandoned: u64,
    /// Gave up within the time asked for.
    pub abandoned_within: u64,
    /// Were promised a call back.
    pub promised: u64,
    /// Promised a call back and never found.
    pub not_reached: u64,
    /// Waiting when nobody was left to take them.
    pub left_over: u64,
    /// Conversations or messages finished.
    pub finished: u64,
    /// Finished within the deadline after they came.
    pub finished_in_time: u64,
    /// Waits of those answered.
    pub wait_answered_s: f64,
    /// Waits of all offered.
    pub wait_all_s: f64,
    /// From the promise to the answer of those who were called back.
    pub wait_call_back_s: f64,
    /// Answered by being called back.
    pub called_back: u64,
    /// Lengths of conversations and messages.
    pub talk_s: f64,
}

/// Time of one team after the warm-up and before the end.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct TeamCounts {
    /// Agents' seconds with at least one contact in hand, work after it included.
    pub busy_s: f64,
    /// Agents' seconds at work, breaks left out.
    pub on_duty_s: f64,
}

/// One interval: counts of contacts that came in it (e-mail left out), and what is seen at its end.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct IntervalCounts {
    /// Entered a queue.
    pub offered: u64,
    /// Answered within the time asked for.
    pub answered_within: u64,
    /// Gave up.
    pub abandoned: u64,
    /// Calls and chats waiting, promised call-backs too.
    pub waiting: u32,
    /// E-mail waiting.
    pub backlog: u32,
    /// Agents with a contact in hand.
    pub busy: u32,
    /// Agents at work.
    pub on_duty: u32,
}
