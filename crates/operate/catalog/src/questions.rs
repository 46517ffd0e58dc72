//! The stored questions of a service, with every wording that was ever asked.

use access::JurisdictionId;
use db::{Query, Row, Tx, params};

use crate::change::Edit;
use crate::error::CatalogError;
use crate::json::{from_json, from_json_opt, to_json};
use crate::limits::{ROWS_ASKED, whole};
use crate::question::{Question, QuestionDraft};
use crate::service::ServiceId;

const SELECT: &str = "
    select service_id, code, version, datatype, variable, required, place, wording, hint, choices, condition_on
    from question
    where jurisdiction_id = ";

/// The newest version of each question that this service ever asked.
const NEWEST: &str = "
    select service_id, code, version, datatype, variable, required, place, wording, hint, choices, condition_on
    from question
    where jurisdiction_id = $1 and service_id = $2 and version = (
        select max(newer.version) from question newer
        where newer.jurisdiction_id = question.jurisdiction_id and newer.service_id = question.service_id
            and newer.code = question.code)
    order by code limit $3";

const RETIRE_ALL: &str = "
    update question set is_current = false
    where jurisdiction_id = $1 and service_id = $2 and is_current";

const ASK_AGAIN: &str = "
    update question set is_current = true, required = $5, place = $6, condition_on = $7
    where jurisdiction_id = $1 and service_id = $2 and code = $3 and version = $4";

const INSERT: &str = "
    insert into question (jurisdiction_id, service_id, code, version, is_current, datatype, variable, required, place,
        wording, hint, choices, condition_on, asked_since)
    values ($1, $2, $3, $4, true, $5, $6, $7, $8, $9, $10, $11, $12, $13)";

/// Makes these the questions of the service. A question keeps its version as long as it reads the same.
pub(crate) fn save(
    tx: &mut Tx<'_>,
    edit: &Edit<'_>,
    service: ServiceId,
    drafts: &[QuestionDraft],
) -> Result<(), CatalogError> {
    let newest =
        whole("questions", tx.query(NEWEST, params![edit.jurisdiction, service, ROWS_ASKED], read)?)?;
    tx.exec(RETIRE_ALL, params![edit.jurisdiction, service])?;
    for (place, draft) in (1_i64..).zip(drafts) {
        match newest.iter().map(|(_, question)| question).find(|question| question.code == draft.code) {
            Some(old) if old.is_worded_like(draft) => {
                ask_again(tx, edit, service, old.version, place, draft)?;
            }
            Some(old) => insert(tx, edit, service, old.version + 1, place, draft)?,
            None => insert(tx, edit, service, 1, place, draft)?,
        }
    }
    Ok(())
}

/// The current questions of one service, in order.
pub(crate) fn of_service(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    service: ServiceId,
) -> Result<Vec<Question>, CatalogError> {
    let query = Query::new(SELECT).bind(jurisdiction).text(" and service_id = ").bind(service);
    let query = query.text(" and is_current order by place, code limit ").bind(ROWS_ASKED);
    Ok(tx.select(&query, read)?.into_iter().map(|(_, question)| question).collect())
}

/// The current questions of all services, each service's in order.
pub(crate) fn all(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
) -> Result<Vec<(ServiceId, Question)>, CatalogError> {
    let query = Query::new(SELECT).bind(jurisdiction);
    let query = query.text(" and is_current order by service_id, place, code limit ").bind(ROWS_ASKED);
    whole("questions", tx.select(&query, read)?)
}

fn ask_again(
    tx: &mut Tx<'_>,
    edit: &Edit<'_>,
    service: ServiceId,
    version: i64,
    place: i64,
    draft: &QuestionDraft,
) -> Result<(), CatalogError> {
    let condition = draft.condition.as_ref().map(to_json);
    let row = params![edit.jurisdiction, service, &draft.code, version, draft.required, place, condition];
    Ok(tx.exec_one(ASK_AGAIN, row)?)
}

fn insert(
    tx: &mut Tx<'_>,
    edit: &Edit<'_>,
    service: ServiceId,
    version: i64,
    place: i64,
    draft: &QuestionDraft,
) -> Result<(), CatalogError> {
    let (wording, hint, choices) = (to_json(&draft.text), to_json(&draft.hint), to_json(&draft.values));
    let condition = draft.condition.as_ref().map(to_json);
    let row = params![
        edit.jurisdiction,
        service,
        &draft.code,
        version,
        draft.datatype,
        draft.variable,
        draft.required,
        place,
        wording,
        hint,
        choices,
        condition,
        edit.now
    ];
    Ok(tx.exec_one(INSERT, row)?)
}

fn read(row: &Row<'_>) -> Result<(ServiceId, Question), db::Error> {
    let place: i64 = row.get(6)?;
    let question = Question {
        code: row.get(1)?,
        version: row.get(2)?,
        datatype: row.get(3)?,
        variable: row.get(4)?,
        required: row.get(5)?,
        order: u32::try_from(place).map_err(|e| row.misfit(6, "a place from 1", e.into()))?,
        text: from_json(row, 7)?,
        hint: from_json(row, 8)?,
        values: from_json(row, 9)?,
        condition: from_json_opt(row, 10)?,
    };
    Ok((row.get(0)?, question))
}
