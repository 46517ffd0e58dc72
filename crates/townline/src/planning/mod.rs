//! Planning without a database: a file of contacts comes in, a table, a document or a picture goes out.
//!
//! To forecast, [`series_in`] reads counts, [`parts_in`] tells channels and topics apart, [`gather`] sums rows into
//! intervals and says what it had to repair; [`known_in`] reads holidays and regressors, [`marked_days`] knows paydays; [`forecast_sums`] forecasts the
//! total and its parts; [`forecast_out`] and [`score_out`] lay the answers out. To staff, [`forecast_in`] reads what is
//! expected, [`staff_plan`] turns it into agents, [`pool`] lets queues share them, and [`blending`] fills their gaps with work
//! that may wait. To simulate, [`lives`] runs replications on all processors, and [`simulation_out`] and [`simulation_plot`]
//! lay out what they come to. Everything is written by [`table_out`] and drawn by [`plot`].

pub mod blending;
pub mod forecast_in;
pub mod forecast_out;
pub mod forecast_plot;
pub mod forecast_sums;
mod gather;
pub mod known_in;
pub mod lives;
pub mod marked_days;
mod parts_in;
pub mod plot;
pub mod pool;
pub mod score_out;
pub mod series_in;
pub mod simulation_out;
pub mod simulation_plot;
pub mod staff_plan;
pub mod table_out;

use std::io::Read;
use std::path::Path;

use anyhow::Context;

use crate::commands::BadInput;

/// Opens an input file; `-` is standard input, and a name that ends in `.gz` is unpacked.
pub fn open(path: &Path) -> anyhow::Result<Box<dyn Read + Send>> {
    if path == Path::new("-") {
        return Ok(Box::new(std::io::stdin()));
    }
    crate::import::open(path).map_err(|error| BadInput(format!("{error:#}")).into())
}

/// The name of an input file in messages.
pub fn named(path: &Path) -> String {
    if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() }
}

/// All of an input file as text.
pub fn read_text(path: &Path) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    open(path)?.read_to_end(&mut bytes).with_context(|| named(path))?;
    String::from_utf8(bytes).map_err(|_| BadInput(format!("{}: is not UTF-8 text", named(path))).into())
}
