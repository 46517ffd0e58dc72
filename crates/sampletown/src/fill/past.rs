//! The history, written in as records of another system, batch by batch.

use std::sync::Arc;

use catalog::{Answers, Catalog, Service, TeamId};
use db::{Db, Tx};
use geography::Point;
use requests::import::{self, ImportedRequest, Step};
use requests::{Event, Outcome, RequestError, typical};

use super::{BY, FillError, Progress, place};
use crate::history::{Ending, Happening, History, HistorySettings, PastRequest};
use crate::town::Town;

/// One transaction each: few enough to keep other writers waiting only briefly.
const BATCH: usize = 1_000;

/// For what no team is set in the catalog, the center does it.
const CENTER: &str = "CENTER";

pub(super) fn write(
    db: &Db,
    town: &Town,
    catalog: &Arc<Catalog>,
    settings: HistorySettings,
    progress: &mut dyn FnMut(Progress),
) -> Result<u64, FillError> {
    let due = |code: &str, received| {
        let service = catalog.service_by_code(code)?;
        catalog.promise(service, received).ok()??.resolve_at
    };
    let mut history = History::new(town, settings, due);
    let mut done = 0;
    loop {
        let batch: Vec<PastRequest> = history.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        done += put(db, catalog, settings, batch)?;
        progress(Progress::Past { done, of: settings.requests });
    }
    keep_typical_times(db, catalog, settings)?;
    Ok(done)
}

/// First whatever stands by itself, then the duplicates, which refer to it.
fn put(
    db: &Db,
    catalog: &Arc<Catalog>,
    settings: HistorySettings,
    batch: Vec<PastRequest>,
) -> Result<u64, FillError> {
    let catalog = catalog.clone();
    let count = batch.len() as u64;
    let (duplicates, originals): (Vec<_>, Vec<_>) = batch.into_iter().partition(is_duplicate);
    db.write_now(move |tx| {
        for part in [&originals, &duplicates] {
            let records: Vec<ImportedRequest> =
                part.iter().map(|past| record(tx, &catalog, past)).collect::<Result<_, FillError>>()?;
            let tally = import::put_batch(tx, settings.now, &BY, &catalog, &records)?;
            if let Some((_, refused)) = tally.rejected.into_iter().next() {
                return Err(refused.into());
            }
        }
        Ok(count)
    })
}

fn is_duplicate(past: &PastRequest) -> bool {
    matches!(past.closing(), Some((_, Ending::Duplicate { .. }, _)))
}

fn record(tx: &mut Tx<'_>, catalog: &Catalog, past: &PastRequest) -> Result<ImportedRequest, FillError> {
    let service = catalog
        .service_by_code(&past.service)
        .ok_or_else(|| FillError::NoSuchService(past.service.to_string()))?;
    let team = team(catalog, service, past)?;
    Ok(ImportedRequest {
        number: past.number.clone(),
        service: service.id,
        department: None,
        // Where the catalog knows the team, intake has handed the request over already.
        team: service.team.and(team),
        channel: past.channel,
        requested_at: past.requested_at,
        updated_at: None,
        target_at: past.due_at,
        description: past.description.clone(),
        place: past.location.as_ref().map_or_else(|| Ok(Default::default()), place)?,
        answers: Answers::default(),
        media_urls: Vec::new(),
        confidential: false,
        steps: steps(tx, catalog, service, team, past)?,
    })
}

/// The team that had it: by the district of the place, else the service's, else the center.
fn team(catalog: &Catalog, service: &Service, past: &PastRequest) -> Result<Option<TeamId>, FillError> {
    let point = past.location.as_ref().map(|l| Point::new(l.spot.latitude, l.spot.longitude)).transpose()?;
    let placed = point.map(|point| catalog.place(point));
    let routed = catalog.route(service, placed.as_ref()).map(|routing| routing.team);
    Ok(routed.or_else(|| Some(catalog.team_by_code(CENTER)?.id)))
}

fn steps(
    tx: &mut Tx<'_>,
    catalog: &Catalog,
    service: &Service,
    team: Option<TeamId>,
    past: &PastRequest,
) -> Result<Vec<Step>, FillError> {
    let mut steps = Vec::with_capacity(past.course.len());
    let mut handed_over = service.team.is_some();
    for step in &past.course {
        let event = match &step.what {
            Happening::Assigned if handed_over => {
                handed_over = false;
                continue;
            }
            Happening::Assigned => match team {
                Some(team) => Event::Assigned { team, department: service.department },
                None => continue,
            },
            Happening::Refused { reason } => Event::Refused { reason: reason.clone(), suggestion: None },
            Happening::Accepted => Event::Accepted,
            Happening::Waiting { reason } => Event::Paused { reason: reason.clone(), until: None },
            Happening::Resumed => Event::Resumed,
            Happening::Reopened { reason } => Event::Reopened { reason: reason.clone() },
            Happening::Closed { ending, note } => {
                let outcome = outcome(tx, catalog, ending)?;
                steps.push(import::closing(catalog, step.at, outcome, note)?);
                continue;
            }
        };
        steps.push(Step { at: step.at, event });
    }
    Ok(steps)
}

fn outcome(tx: &mut Tx<'_>, catalog: &Catalog, ending: &Ending) -> Result<Outcome, FillError> {
    Ok(match ending {
        Ending::Done => Outcome::Done,
        Ending::NoActionNeeded => Outcome::NoActionNeeded,
        Ending::NotOurs => Outcome::NotOurs,
        Ending::CouldNot => Outcome::CouldNot,
        Ending::Withdrawn => Outcome::Withdrawn,
        Ending::Duplicate { of } => {
            let found = requests::id_of(tx, &catalog.jurisdiction.id, of)?;
            Outcome::Duplicate { of: found.ok_or_else(|| RequestError::NoSuchNumber(of.clone()))? }
        }
    })
}

/// So that the first page already shows how long things usually take.
fn keep_typical_times(db: &Db, catalog: &Arc<Catalog>, settings: HistorySettings) -> Result<(), FillError> {
    let now = settings.now;
    let id = catalog.jurisdiction.id.clone();
    let measured = db.read_now(move |tx| Ok::<_, FillError>(typical::measure(tx, now, &id)?))?;
    let id = catalog.jurisdiction.id.clone();
    db.write_now(move |tx| Ok(typical::keep(tx, now, &id, &measured)?))
}
