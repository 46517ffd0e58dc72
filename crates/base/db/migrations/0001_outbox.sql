create table outbox (
    jurisdiction_id text not null,
    id uuid not null,
    topic text not null,
    subject_id uuid not null,
    payload text not null,
    put_at timestamptz not null,
    attempt bigint not null,
    claimed_until timestamptz,
    constraint outbox_pk primary key (jurisdiction_id, id)
);

create index outbox_topic on outbox (topic, id);
