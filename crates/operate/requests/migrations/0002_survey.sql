-- What the reporter said about a closed request: once, by the private link. The service stands here too, so that
-- answers are counted without touching requests.
create table request_survey (
    jurisdiction_id text not null,
    request_id uuid not null,
    service_id uuid not null,
    answered_at timestamptz not null,
    fixed boolean not null,
    -- From 1, not at all, to 5, very; null when they did not say.
    satisfaction bigint,
    constraint request_survey_pk primary key (jurisdiction_id, request_id)
)
--sqlite without rowid
;

create index request_survey_service on request_survey (jurisdiction_id, service_id, answered_at, fixed);
