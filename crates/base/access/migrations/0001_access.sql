-- People, their sessions and keys, and the audit chain.

create table person (
    jurisdiction_id text not null,
    id uuid not null,
    email text not null,
    name text not null,
    password_hash text not null,
    created_at timestamptz not null,
    last_sign_in_at timestamptz,
    disabled_at timestamptz,
    constraint person_pk primary key (jurisdiction_id, id),
    constraint person_email_unique unique (jurisdiction_id, email)
);

create table person_role (
    jurisdiction_id text not null,
    person_id uuid not null,
    role text not null,
    constraint person_role_pk primary key (jurisdiction_id, person_id, role),
    constraint person_role_person foreign key (jurisdiction_id, person_id)
        references person (jurisdiction_id, id)
)
--sqlite without rowid
;

create table session (
    jurisdiction_id text not null,
    id uuid not null,
    person_id uuid not null,
    token_hash bytea not null,
    source text not null,
    signed_in_at timestamptz not null,
    seen_at timestamptz not null,
    expires_at timestamptz not null,
    constraint session_pk primary key (jurisdiction_id, id),
    constraint session_token_unique unique (jurisdiction_id, token_hash),
    constraint session_person foreign key (jurisdiction_id, person_id)
        references person (jurisdiction_id, id)
);
create index session_of_person on session (jurisdiction_id, person_id);
create index session_seen on session (seen_at);

-- A device somebody signed in on: others who guess at the account cannot lock it out.
create table known_device (
    jurisdiction_id text not null,
    token_hash bytea not null,
    person_id uuid not null,
    seen_at timestamptz not null,
    constraint known_device_pk primary key (jurisdiction_id, token_hash),
    constraint known_device_person foreign key (jurisdiction_id, person_id)
        references person (jurisdiction_id, id)
);
create index known_device_of_person on known_device (jurisdiction_id, person_id);
create index known_device_seen on known_device (seen_at);

-- How much guessing a subject has used up, as the instant at which it will all be forgiven.
create table sign_in_attempt (
    jurisdiction_id text not null,
    subject text not null,
    forgiven_at_us bigint not null,
    limited boolean not null,
    constraint sign_in_attempt_pk primary key (jurisdiction_id, subject)
)
--sqlite without rowid
;
create index sign_in_attempt_forgiven on sign_in_attempt (forgiven_at_us);

create table api_key (
    jurisdiction_id text not null,
    id uuid not null,
    prefix text not null,
    key_hash bytea not null,
    label text not null,
    scopes text not null,
    created_by text not null,
    created_at timestamptz not null,
    expires_at timestamptz,
    used_at timestamptz,
    revoked_at timestamptz,
    constraint api_key_pk primary key (jurisdiction_id, id),
    constraint api_key_prefix_unique unique (jurisdiction_id, prefix)
);

create table audit_entry (
    jurisdiction_id text not null,
    lane bigint not null,
    seq bigint not null,
    at timestamptz not null,
    actor text not null,
    action text not null,
    object text not null,
    detail text not null,
    hash bytea not null,
    constraint audit_entry_pk primary key (jurisdiction_id, lane, seq)
)
--sqlite without rowid
;
create index audit_entry_at on audit_entry (jurisdiction_id, at, lane, seq);

-- Where each lane of the chain ends, so that a cut-off tail is missed.
create table audit_head (
    jurisdiction_id text not null,
    lane bigint not null,
    entries bigint not null,
    hash bytea not null,
    constraint audit_head_pk primary key (jurisdiction_id, lane)
)
--sqlite without rowid
;

-- Adding an entry moves the end of its lane.
--sqlite create trigger audit_entry_counted after insert on audit_entry begin
--sqlite     insert into audit_head (jurisdiction_id, lane, entries, hash)
--sqlite     values (new.jurisdiction_id, new.lane, new.seq, new.hash)
--sqlite     on conflict (jurisdiction_id, lane) do update set entries = excluded.entries, hash = excluded.hash;
--sqlite end;
--postgres create function audit_count() returns trigger language plpgsql as $$ begin
--postgres     insert into audit_head (jurisdiction_id, lane, entries, hash)
--postgres     values (new.jurisdiction_id, new.lane, new.seq, new.hash)
--postgres     on conflict (jurisdiction_id, lane) do update set entries = excluded.entries, hash = excluded.hash;
--postgres     return null;
--postgres end $$;
--postgres create trigger audit_entry_counted after insert on audit_entry
--postgres for each row execute function audit_count();

-- The program can add to the chain and nothing else. On SQLite "insert or replace" would delete a row
-- without asking the delete trigger, so replacing is refused too.
--sqlite create trigger audit_entry_no_update before update on audit_entry
--sqlite begin select raise(abort, 'audit entries are only ever added'); end;
--sqlite create trigger audit_entry_no_delete before delete on audit_entry
--sqlite begin select raise(abort, 'audit entries are only ever added'); end;
--sqlite create trigger audit_entry_no_replace before insert on audit_entry
--sqlite when exists (select 1 from audit_entry as e where e.jurisdiction_id = new.jurisdiction_id
--sqlite     and e.lane = new.lane and e.seq = new.seq)
--sqlite begin select raise(abort, 'audit entries are only ever added'); end;
--sqlite create trigger audit_head_no_step_back before update on audit_head
--sqlite when new.entries <> old.entries + 1
--sqlite     or new.jurisdiction_id <> old.jurisdiction_id or new.lane <> old.lane
--sqlite begin select raise(abort, 'the audit chain only ever grows'); end;
--sqlite create trigger audit_head_no_delete before delete on audit_head
--sqlite begin select raise(abort, 'the audit chain only ever grows'); end;

--postgres create function audit_refuse() returns trigger language plpgsql as $$
--postgres begin raise exception 'audit entries are only ever added'; end $$;
--postgres create trigger audit_entry_no_change before update or delete on audit_entry
--postgres for each row execute function audit_refuse();
--postgres create trigger audit_entry_no_truncate before truncate on audit_entry
--postgres for each statement execute function audit_refuse();
--postgres create trigger audit_head_no_step_back before update on audit_head
--postgres for each row when (new.entries <> old.entries + 1
--postgres     or new.jurisdiction_id <> old.jurisdiction_id or new.lane <> old.lane)
--postgres execute function audit_refuse();
--postgres create trigger audit_head_no_delete before delete on audit_head
--postgres for each row execute function audit_refuse();
--postgres create trigger audit_head_no_truncate before truncate on audit_head
--postgres for each statement execute function audit_refuse();
