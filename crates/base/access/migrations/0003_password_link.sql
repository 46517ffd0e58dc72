-- Somebody who was invited and has not set a password yet.
alter table person add column invited_at timestamptz;

-- A link with which somebody sets their password once; whoever reads this table learns none.
create table password_link (
    jurisdiction_id text not null,
    token_hash bytea not null,
    purpose text not null,
    person_id uuid not null,
    -- The address it was made for: a person who gets another one by then is not reached by it.
    email text not null,
    ends_at timestamptz not null,
    constraint password_link_pk primary key (jurisdiction_id, token_hash),
    constraint password_link_person foreign key (jurisdiction_id, person_id)
        references person (jurisdiction_id, id)
);
create index password_link_of_person on password_link (jurisdiction_id, person_id);
create index password_link_end on password_link (ends_at);
