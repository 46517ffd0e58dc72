-- Keys that live in a telephone, a computer or a stick: the other second factor. Only the public half is here.
create table passkey (
    jurisdiction_id text not null,
    id uuid not null,
    person_id uuid not null,
    credential bytea not null,
    public_key bytea not null,
    -- The host it was made at; it signs for no other.
    host text not null,
    name text not null,
    sign_count bigint not null,
    added_at timestamptz not null,
    used_at timestamptz,
    constraint passkey_pk primary key (jurisdiction_id, id),
    constraint passkey_credential_unique unique (jurisdiction_id, credential),
    constraint passkey_person foreign key (jurisdiction_id, person_id)
        references person (jurisdiction_id, id)
);
create index passkey_of_person on passkey (jurisdiction_id, person_id);

-- What a passkey that is being made has to sign; taken once.
create table passkey_offer (
    jurisdiction_id text not null,
    person_id uuid not null,
    challenge bytea not null,
    ends_at timestamptz not null,
    constraint passkey_offer_pk primary key (jurisdiction_id, person_id),
    constraint passkey_offer_person foreign key (jurisdiction_id, person_id)
        references person (jurisdiction_id, id)
);
create index passkey_offer_end on passkey_offer (ends_at);

-- What a passkey has to sign in this sign-in; another one after each attempt. Sign-ins that wait for their second step
-- during the change begin again.
delete from second_step;
alter table second_step add column challenge bytea;
