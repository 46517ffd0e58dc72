create table job (
    jurisdiction_id text not null,
    id uuid not null,
    kind text not null,
    payload text not null,
    run_at timestamptz not null,
    key text,
    state text not null,
    attempt bigint not null,
    claimed_until timestamptz,
    last_error text,
    constraint job_pk primary key (jurisdiction_id, id),
    constraint job_key unique (jurisdiction_id, key),
    constraint job_state check (state in ('waiting', 'dead'))
);

create index job_due on job (run_at, id) where state = 'waiting';
