//! Reading a catalog file and checking all that can be checked without the store.

use std::collections::BTreeSet;

use calendar::Allowance;
use jiff::tz::TimeZone;
use toml::value::Datetime;

use crate::calendars;
use crate::department::{DepartmentDraft, TeamDraft};
use crate::file::locate::{locate, refused};
use crate::file::shape::{
    DepartmentShape, FileShape, NoticeShape, ServiceShape, TargetShape, TeamShape, each,
};
use crate::file::{CatalogFile, FileError, FileNotice, FileService, FileTarget, FileWrong};
use crate::flaw::{Flaw, Wrong};
use crate::moment::read_instant;
use crate::words::{check_code, check_language, check_prose};

/// The longest file that is read: some thousand services.
pub const FILE_MAX_BYTES: usize = 8 * 1024 * 1024;

/// Reads a catalog file.
///
/// # Errors
/// The first thing that is wrong, with its line and field.
pub fn parse(source: &str) -> Result<CatalogFile, FileError> {
    if source.len() > FILE_MAX_BYTES {
        return Err(FileError { line: 1, wrong: FileWrong::TooLong { max_bytes: FILE_MAX_BYTES } });
    }
    let shape: FileShape = toml::from_str(source).map_err(|error| refused(source, &error))?;
    build(source, shape).map_err(|flaw| locate(source, flaw))
}

fn build(source: &str, shape: FileShape) -> Result<CatalogFile, Flaw> {
    let language = shape.language;
    check_language(&language).map_err(|wrong| wrong.at("language"))?;
    for (code, spec) in &shape.calendar {
        calendars::check(code, spec).map_err(|wrong| wrong.at(code).inside("calendar"))?;
    }
    let file = CatalogFile {
        source: source.to_owned(),
        default_calendar: shape.default_calendar,
        calendars: shape.calendar.into_iter().collect(),
        departments: each("department", shape.department, |one| department(one, &language))?,
        teams: each("team", shape.team, |one| team(one, &language))?,
        services: each("service", shape.service, |one| service(one, &language))?,
        notices: each("notice", shape.notice, |one| notice(one, &language))?,
    };
    refuse_repeated("department", file.departments.iter().map(|one| one.code.as_str()))?;
    refuse_repeated("team", file.teams.iter().map(|one| one.code.as_str()))?;
    refuse_repeated("service", file.services.iter().map(|one| one.draft.code.as_str()))?;
    refuse_repeated("notice", file.notices.iter().map(|one| one.code.as_str()))?;
    Ok(file)
}

fn department(shape: DepartmentShape, language: &str) -> Result<DepartmentDraft, Flaw> {
    let name = shape.name.in_languages(language);
    let draft = DepartmentDraft { code: shape.code, name, calendar: shape.calendar, active: shape.active };
    draft.check().map(|()| draft)
}

fn team(shape: TeamShape, language: &str) -> Result<TeamDraft, Flaw> {
    let name = shape.name.in_languages(language);
    let draft = TeamDraft { code: shape.code, name, department: shape.department, active: shape.active };
    draft.check().map(|()| draft)
}

fn service(mut shape: ServiceShape, language: &str) -> Result<FileService, Flaw> {
    let targets = each("target", std::mem::take(&mut shape.target), target)?;
    let draft = shape.draft(language)?;
    draft.check()?;
    Ok(FileService { draft, targets })
}

fn target(shape: TargetShape) -> Result<FileTarget, Flaw> {
    Ok(FileTarget {
        from: moment(&shape.from, "from")?,
        first_response: allowance(shape.first_response, "first_response")?,
        resolution: allowance(shape.resolution, "resolution")?,
    })
}

fn notice(shape: NoticeShape, language: &str) -> Result<FileNotice, Flaw> {
    check_code(&shape.code).map_err(|wrong| wrong.at("code"))?;
    let text = shape.text.in_languages(language);
    check_prose(&text, "text")?;
    Ok(FileNotice {
        code: shape.code,
        service: shape.service,
        text,
        from: moment(&shape.from, "from")?,
        until: shape.until.map(|until| moment(&until, "until")).transpose()?,
    })
}

/// Keeps a moment as written: which instant it is depends on the zone of the jurisdiction it is applied to.
fn moment(written: &Datetime, field: &str) -> Result<String, Flaw> {
    let given = written.to_string();
    match read_instant(&given, &TimeZone::UTC) {
        Some(_) => Ok(given),
        None => Err(Wrong::NotAMoment { given }.at(field)),
    }
}

fn allowance(given: Option<String>, field: &str) -> Result<Option<Allowance>, Flaw> {
    let Some(given) = given else { return Ok(None) };
    given.parse().map(Some).map_err(|_| Wrong::NotAnAllowance { given }.at(field))
}

fn refuse_repeated<'c>(name: &str, codes: impl Iterator<Item = &'c str>) -> Result<(), Flaw> {
    let mut seen = BTreeSet::new();
    for (item, code) in codes.enumerate() {
        if !seen.insert(code) {
            return Err(Wrong::Duplicate { code: code.to_owned() }.at("code").inside_item(name, item));
        }
    }
    Ok(())
}
