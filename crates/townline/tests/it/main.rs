//! The program as its users meet it: commands, files, exit codes; and the shape of the house.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should panic")]
#![expect(unreachable_pub, reason = "nothing of a test can be reached; `pub` marks the face of a module")]

mod commands;
mod forecasting;
mod guards;
mod house;
mod importing;
mod program;
mod serving;
mod simulating;
mod staffing;
mod stored_data;
