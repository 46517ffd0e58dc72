-- A request as it is now. What came in never changes; the rest follows from request_event.
create table service_request (
    jurisdiction_id text not null,
    -- UUIDv7 of the moment it was requested, also for imported ones: ascending ids are ascending times.
    id uuid not null,
    number text not null,
    requested_at timestamptz not null,
    channel text not null,
    description text,
    -- Only where something personal had to be masked.
    public_description text,
    address text,
    address_id text,
    zip text,
    place_words text,
    latitude double precision,
    longitude double precision,
    coarse_latitude double precision,
    coarse_longitude double precision,
    cell bigint,
    districts text,
    answers text,
    media_urls text,
    tracking_hash bytea,
    import_digest bytea,
    version bigint not null,
    status text not null,
    is_open boolean not null,
    state text not null,
    service_id uuid not null,
    department_id uuid not null,
    team_id uuid,
    confidential boolean not null,
    -- Hidden when confidential, else the level of the service.
    public_level text not null,
    updated_at timestamptz not null,
    closed_at timestamptz,
    outcome text,
    duplicate_of uuid,
    promised_at timestamptz,
    first_response_due_at timestamptz,
    first_response_at timestamptz,
    due_at timestamptz,
    -- due_at, or the end of time where nothing is due: sorts alike on both engines.
    due_rank timestamptz not null,
    files bigint not null,
    constraint service_request_pk primary key (jurisdiction_id, id),
    constraint service_request_number unique (jurisdiction_id, number)
);

-- The newest of one service, filtered by openness and place without touching the rows.
create index service_request_service
    on service_request (jurisdiction_id, service_id, id, is_open, public_level, latitude, longitude);

-- The newest near a place.
create index service_request_cell
    on service_request (jurisdiction_id, cell, id, is_open, public_level, latitude, longitude)
    where cell is not null;

-- Work lists: open requests, the most urgent first.
create index service_request_work
    on service_request (jurisdiction_id, due_rank, id, team_id, status) where is_open;

-- What changed since somebody last asked.
create index service_request_updated on service_request (jurisdiction_id, updated_at, id);

create index service_request_duplicate
    on service_request (jurisdiction_id, duplicate_of) where duplicate_of is not null;

create table request_event (
    jurisdiction_id text not null,
    request_id uuid not null,
    seq bigint not null,
    at timestamptz not null,
    author text not null,
    -- The status after the event.
    status text not null,
    is_public boolean not null,
    event text not null,
    constraint request_event_pk primary key (jurisdiction_id, request_id, seq)
)
--sqlite without rowid
;

-- Updates for other systems; what merely came in is a request, not an update.
create index request_event_update
    on request_event (jurisdiction_id, at, request_id, seq) where is_public and seq > 1;

create table request_contact (
    jurisdiction_id text not null,
    request_id uuid not null,
    name text,
    email text,
    phone text,
    language text,
    constraint request_contact_pk primary key (jurisdiction_id, request_id)
);

create table request_follower (
    jurisdiction_id text not null,
    request_id uuid not null,
    email text not null,
    language text,
    since timestamptz not null,
    leave_hash bytea not null,
    constraint request_follower_pk primary key (jurisdiction_id, request_id, email)
);

create table request_file (
    jurisdiction_id text not null,
    request_id uuid not null,
    name bytea not null,
    media_type text not null,
    width bigint not null,
    height bigint not null,
    bytes bigint not null,
    description text,
    added_at timestamptz not null,
    author text not null,
    constraint request_file_pk primary key (jurisdiction_id, request_id, name),
    constraint request_file_name unique (name)
);

create table request_idempotency (
    jurisdiction_id text not null,
    caller text not null,
    key_hash bytea not null,
    body_hash bytea not null,
    request_id uuid not null,
    -- The tracking secret, sealed with the key that only the caller has.
    sealed_secret bytea not null,
    at timestamptz not null,
    constraint request_idempotency_pk primary key (jurisdiction_id, caller, key_hash)
);

create index request_idempotency_at on request_idempotency (at);

create table typical_time (
    jurisdiction_id text not null,
    service_id uuid not null,
    minutes bigint not null,
    closings bigint not null,
    computed_at timestamptz not null,
    constraint typical_time_pk primary key (jurisdiction_id, service_id)
);

-- PostgreSQL measures its tables by itself. SQLite would guess, and guess alike for every index that begins with
-- the jurisdiction; so it is told what a town with a million requests looks like. Plans then do not depend on size.
--sqlite analyze service_request;
--sqlite insert into sqlite_stat1 (tbl, idx, stat) values
--sqlite     ('service_request', 'sqlite_autoindex_service_request_1', '1000000 1000000 1'),
--sqlite     ('service_request', 'sqlite_autoindex_service_request_2', '1000000 1000000 1'),
--sqlite     ('service_request', 'service_request_service', '1000000 1000000 10000 1 1 1 1 1'),
--sqlite     ('service_request', 'service_request_cell', '800000 800000 4000 1 1 1 1 1'),
--sqlite     ('service_request', 'service_request_work', '60000 60000 2 1 1 1'),
--sqlite     ('service_request', 'service_request_updated', '1000000 1000000 2 1'),
--sqlite     ('service_request', 'service_request_duplicate', '50000 50000 2'),
--sqlite     ('request_event', 'request_event', '2500000 2500000 3 1'),
--sqlite     ('request_event', 'request_event_update', '1500000 1500000 2 1 1');
--sqlite analyze sqlite_schema;
