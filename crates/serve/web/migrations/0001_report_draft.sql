-- A report that somebody is writing: found by the hash of a secret that only its address holds.
create table report_draft (
    jurisdiction_id text not null,
    token_hash bytea not null,
    body text not null,
    expires_at timestamptz not null,
    constraint report_draft_key primary key (jurisdiction_id, token_hash)
)
--sqlite without rowid
;

create index report_draft_by_expiry on report_draft (jurisdiction_id, expires_at);
