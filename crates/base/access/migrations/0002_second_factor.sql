-- The second thing besides a password: codes of an authenticator app, and codes on paper for the day it is lost.
create table second_factor (
    jurisdiction_id text not null,
    person_id uuid not null,
    -- Shown to its owner and not yet proved; takes the other's place once it is.
    offered_secret bytea,
    secret bytea,
    confirmed_at timestamptz,
    -- The latest time step whose code was taken: each code works once.
    used_step bigint not null,
    constraint second_factor_pk primary key (jurisdiction_id, person_id),
    constraint second_factor_person foreign key (jurisdiction_id, person_id)
        references person (jurisdiction_id, id)
);

create table recovery_code (
    jurisdiction_id text not null,
    person_id uuid not null,
    code_hash bytea not null,
    constraint recovery_code_pk primary key (jurisdiction_id, person_id, code_hash),
    constraint recovery_code_person foreign key (jurisdiction_id, person_id)
        references person (jurisdiction_id, id)
);

-- Somebody whose password was right and whose code is still to come.
create table second_step (
    jurisdiction_id text not null,
    token_hash bytea not null,
    person_id uuid not null,
    source text not null,
    ends_at timestamptz not null,
    constraint second_step_pk primary key (jurisdiction_id, token_hash),
    constraint second_step_person foreign key (jurisdiction_id, person_id)
        references person (jurisdiction_id, id)
);
create index second_step_of_person on second_step (jurisdiction_id, person_id);
create index second_step_end on second_step (ends_at);

-- Without a row, whoever sees contact data or changes settings needs a second factor.
create table second_factor_rule (
    jurisdiction_id text not null,
    required boolean not null,
    set_at timestamptz not null,
    constraint second_factor_rule_pk primary key (jurisdiction_id)
);
