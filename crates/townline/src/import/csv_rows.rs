//! CSV files, read row by row through a [`Mapping`].

use std::io::Read;

use anyhow::Context;
use csv::StringRecord;
use geography::Point;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::strtime;
use jiff::tz::TimeZone;
use requests::Channel;

use super::mapping::Mapping;
use super::record::{Closing, Entry, Record, Reject};

/// The rows of a CSV file.
pub struct CsvRows<R> {
    rows: csv::Reader<R>,
    header: StringRecord,
    reading: Reading,
}

impl<R: Read> CsvRows<R> {
    /// Begins reading; the mapping's columns must all be in the header.
    pub fn new(file: R, mapping: Mapping, jurisdiction_zone: &TimeZone) -> anyhow::Result<Self> {
        let delimiter = u8::try_from(mapping.delimiter).context("delimiter")?;
        let mut rows = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(file);
        let header = rows.headers().context("the header of the file")?.clone();
        let zone = mapping.zone()?.unwrap_or_else(|| jurisdiction_zone.clone());
        let found = Found::find(&mapping, &header)?;
        Ok(Self { rows, reading: Reading { mapping, zone, found, width: header.len() }, header })
    }

    /// The names of the columns, for the rejects file.
    pub fn header(&self) -> Vec<String> {
        self.header.iter().map(str::to_owned).collect()
    }
}

impl<R: Read> Iterator for CsvRows<R> {
    type Item = anyhow::Result<Entry>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut row = StringRecord::new();
        let line = self.rows.position().line();
        match self.rows.read_record(&mut row) {
            Ok(false) => None,
            Ok(true) => Some(Ok(self.reading.entry(row.position().map_or(line, csv::Position::line), &row))),
            Err(error) => match error.kind() {
                // The rest of the file can still be read after a line that is not UTF-8.
                csv::ErrorKind::Utf8 { pos, .. } => {
                    let line = pos.as_ref().map_or(line, csv::Position::line);
                    let content = Err(Reject::new("line", "is not UTF-8 text"));
                    Some(Ok(Entry { line, content, original: Vec::new() }))
                }
                _ => Some(Err(error).context("the file cannot be read any further")),
            },
        }
    }
}

/// A column of the file: where it stands and what it is called.
struct Column {
    position: usize,
    name: String,
}

/// The columns of the file by what the mapping says they hold.
struct Found {
    number: Column,
    requested: Column,
    service: Column,
    group: Option<Column>,
    service_code: Option<Column>,
    target: Option<Column>,
    closed: Option<Column>,
    updated: Option<Column>,
    status: Option<Column>,
    department: Option<Column>,
    team: Option<Column>,
    description: Option<Column>,
    note: Option<Column>,
    address: Option<Column>,
    zip: Option<Column>,
    latitude: Option<Column>,
    longitude: Option<Column>,
    channel: Option<Column>,
}

impl Found {
    fn find(mapping: &Mapping, header: &StringRecord) -> anyhow::Result<Self> {
        let must = |name: &str| {
            let position =
                header.iter().position(|column| column.trim_start_matches('\u{feff}').trim() == name);
            let position = position.with_context(|| format!("the file has no column {name:?}"))?;
            anyhow::Ok(Column { position, name: name.to_owned() })
        };
        let may = |name: &Option<String>| name.as_deref().map(must).transpose();
        let columns = &mapping.columns;
        Ok(Self {
            number: must(&columns.number)?,
            requested: must(&columns.requested)?,
            service: must(&columns.service)?,
            group: may(&columns.group)?,
            service_code: may(&columns.service_code)?,
            target: may(&columns.target)?,
            closed: may(&columns.closed)?,
            updated: may(&columns.updated)?,
            status: may(&columns.status)?,
            department: may(&columns.department)?,
            team: may(&columns.team)?,
            description: may(&columns.description)?,
            note: may(&columns.note)?,
            address: may(&columns.address)?,
            zip: may(&columns.zip)?,
            latitude: may(&columns.latitude)?,
            longitude: may(&columns.longitude)?,
            channel: may(&columns.channel)?,
        })
    }
}

/// Everything needed to understand one row.
struct Reading {
    mapping: Mapping,
    zone: TimeZone,
    found: Found,
    width: usize,
}

impl Reading {
    fn entry(&self, line: u64, row: &StringRecord) -> Entry {
        let content = self.record(row);
        let original = if content.is_err() { row.iter().map(str::to_owned).collect() } else { Vec::new() };
        Entry { line, content, original }
    }

    fn record(&self, row: &StringRecord) -> Result<Record, Reject> {
        if row.len() != self.width {
            return Err(Reject::new(
                "line",
                format!("has {} fields, the header has {}", row.len(), self.width),
            ));
        }
        let of = &self.found;
        let service_name = needed(row, &of.service)?;
        Ok(Record {
            number: needed(row, &of.number)?.to_owned(),
            service_code: optional(row, &of.service_code).unwrap_or(service_name).to_owned(),
            service_name: service_name.to_owned(),
            group: owned(row, &of.group),
            department: optional(row, &of.department).map(|word| self.department(word)),
            team: owned(row, &of.team),
            requested_at: self.instant(needed(row, &of.requested)?, &of.requested)?,
            updated_at: self.time(row, &of.updated)?,
            target_at: self.time(row, &of.target)?,
            closed: self.closing(row)?,
            channel: self.channel(row)?,
            description: owned(row, &of.description),
            address: optional(row, &of.address).map(one_spaced),
            zip: owned(row, &of.zip),
            point: self.point(row)?,
            media_url: None,
        })
    }

    fn department(&self, word: &str) -> String {
        self.mapping.departments.get(word).map_or(word, String::as_str).to_owned()
    }

    fn closing(&self, row: &StringRecord) -> Result<Option<Closing>, Reject> {
        let closed_at = self.time(row, &self.found.closed)?;
        if !self.is_closed(row, closed_at.is_some())? {
            return Ok(None);
        }
        let Some(at) = closed_at.or(self.time(row, &self.found.updated)?) else {
            return Err(Reject::new("closed", "has no time though the request is closed"));
        };
        let note = optional(row, &self.found.note);
        let outcome = self.mapping.outcome(note.unwrap_or_default());
        Ok(Some(Closing { at, outcome, note: note.map(one_spaced) }))
    }

    fn is_closed(&self, row: &StringRecord, has_closing_time: bool) -> Result<bool, Reject> {
        let Some((word, column)) = present(row, &self.found.status) else {
            return Ok(has_closing_time);
        };
        let unknown =
            || Reject::new(&column.name, format!("{word:?} is neither open nor closed in the mapping"));
        self.mapping.status.is_closed(word).ok_or_else(unknown)
    }

    fn channel(&self, row: &StringRecord) -> Result<Channel, Reject> {
        let Some((word, column)) = present(row, &self.found.channel) else {
            return Ok(Channel::Integration);
        };
        let unknown = || Reject::new(&column.name, format!("{word:?} is no channel of the mapping"));
        self.mapping.channel(word).ok_or_else(unknown)
    }

    fn point(&self, row: &StringRecord) -> Result<Option<Point>, Reject> {
        let (latitude, longitude) = (present(row, &self.found.latitude), present(row, &self.found.longitude));
        let (Some((north, column)), Some((east, east_column))) = (latitude, longitude) else {
            return Ok(None);
        };
        let (north, east) = (degrees(north, column)?, degrees(east, east_column)?);
        if self.mapping.unknown_points.iter().any(|unknown| unknown.is(north, east)) {
            return Ok(None);
        }
        Point::new(north, east).map(Some).map_err(|e| Reject::new(&column.name, e.to_string()))
    }

    fn time(&self, row: &StringRecord, column: &Option<Column>) -> Result<Option<Timestamp>, Reject> {
        present(row, column).map(|(text, column)| self.instant(text, column)).transpose()
    }

    fn instant(&self, text: &str, column: &Column) -> Result<Timestamp, Reject> {
        let instant = match &self.mapping.time_format {
            Some(format) => formatted(format, text, &self.zone),
            None => iso(text, &self.zone),
        };
        instant.map_err(|why| Reject::new(&column.name, format!("{text:?} is not a time: {why}")))
    }
}

/// The field of a column without the blanks around it, where the file has the column and it is not blank.
fn present<'r, 'c>(row: &'r StringRecord, column: &'c Option<Column>) -> Option<(&'r str, &'c Column)> {
    let column = column.as_ref()?;
    let text = row.get(column.position)?.trim();
    (!text.is_empty()).then_some((text, column))
}

fn optional<'r>(row: &'r StringRecord, column: &Option<Column>) -> Option<&'r str> {
    present(row, column).map(|(text, _)| text)
}

fn owned(row: &StringRecord, column: &Option<Column>) -> Option<String> {
    optional(row, column).map(str::to_owned)
}

fn needed<'r>(row: &'r StringRecord, column: &Column) -> Result<&'r str, Reject> {
    let text = row.get(column.position).map(str::trim).unwrap_or_default();
    if text.is_empty() { Err(Reject::new(&column.name, "is empty")) } else { Ok(text) }
}

fn degrees(text: &str, column: &Column) -> Result<f64, Reject> {
    text.parse().map_err(|_| Reject::new(&column.name, format!("{text:?} is not a number of degrees")))
}

/// Runs of blanks, which exports of old systems are full of, become one.
fn one_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn formatted(format: &str, text: &str, zone: &TimeZone) -> Result<Timestamp, jiff::Error> {
    let parsed = strtime::parse(format, text)?;
    if parsed.offset().is_some() {
        return parsed.to_timestamp();
    }
    Ok(parsed.to_datetime()?.to_zoned(zone.clone())?.timestamp())
}

fn iso(text: &str, zone: &TimeZone) -> Result<Timestamp, jiff::Error> {
    match text.parse::<Timestamp>() {
        Ok(instant) => Ok(instant),
        Err(_) => Ok(text.parse::<DateTime>()?.to_zoned(zone.clone())?.timestamp()),
    }
}
