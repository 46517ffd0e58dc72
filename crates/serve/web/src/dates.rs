//! Dates and times as the reader writes them, in the jurisdiction's zone.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use crate::words::Language;

/// Writes instants for one reader.
#[derive(Clone)]
pub(crate) struct Dates {
    language: Language,
    zone: TimeZone,
}

impl Dates {
    pub(crate) fn new(language: Language, zone: TimeZone) -> Self {
        Self { language, zone }
    }

    /// "May 8, 2026" or "8 de mayo de 2026".
    pub(crate) fn day(&self, at: Timestamp) -> String {
        self.date(at.to_zoned(self.zone.clone()).date())
    }

    /// A civil date without a zone.
    pub(crate) fn date(&self, date: Date) -> String {
        let month = self.language.say(&format!("month-{}", date.month()));
        let (day, year) = (date.day().to_string(), date.year().to_string());
        self.language.with_all("date", &[("day", &day), ("month", &month), ("year", &year)]).into_owned()
    }

    /// "Friday, May 8, 2026".
    pub(crate) fn weekday(&self, at: Timestamp) -> String {
        let date = at.to_zoned(self.zone.clone()).date();
        let weekday = self.language.say(&format!("weekday-{}", date.weekday().to_monday_one_offset()));
        self.language
            .with_two("date-with-weekday", "weekday", &weekday, "date", &self.date(date))
            .into_owned()
    }

    /// "May 8, 2026, 4:00 PM EDT": pages name the zone.
    pub(crate) fn moment(&self, at: Timestamp) -> String {
        let zoned = at.to_zoned(self.zone.clone());
        let zone = zoned.strftime("%Z").to_string();
        let (date, time) = (self.date(zoned.date()), self.time(zoned.time()));
        self.language
            .with_all("date-and-time", &[("date", &date), ("time", &time), ("zone", &zone)])
            .into_owned()
    }

    /// "4:00 PM" or "16:00".
    pub(crate) fn hour(&self, at: Timestamp) -> String {
        self.time(at.to_zoned(self.zone.clone()).time())
    }

    /// For the `datetime` attribute of `<time>`.
    pub(crate) fn machine(&self, at: Timestamp) -> String {
        at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    fn time(&self, time: Time) -> String {
        let (hour, minute) = (time.hour(), time.minute());
        match self.language {
            Language::English => {
                let half = self.language.say(if hour < 12 { "time-am" } else { "time-pm" });
                let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
                format!("{hour}:{minute:02} {half}")
            }
            Language::Spanish => format!("{hour}:{minute:02}"),
        }
    }
}

/// The end of the local day of an instant: days on which the clocks change have 23 or 25 hours.
pub(crate) fn next_day(at: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    let tomorrow = at.to_zoned(zone.clone()).date().tomorrow().ok()?;
    tomorrow.to_zoned(zone.clone()).ok().map(|start| start.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn i18n_04_the_same_instant_is_written_as_each_reader_expects() {
        let zone = TimeZone::get("America/New_York").expect("a bundled zone");
        let at: Timestamp = "2026-05-08T20:05:00Z".parse().expect("an instant");
        let english = Dates::new(Language::English, zone.clone());
        assert_eq!(english.moment(at), "May 8, 2026, 4:05 PM EDT");
        assert_eq!(english.weekday(at), "Friday, May 8, 2026");
        let spanish = Dates::new(Language::Spanish, zone);
        assert_eq!(spanish.moment(at), "8 de mayo de 2026, 16:05 EDT");
        assert_eq!(spanish.weekday(at), "viernes, 8 de mayo de 2026");
        assert_eq!(spanish.machine(at), "2026-05-08T20:05:00Z");
    }
}
