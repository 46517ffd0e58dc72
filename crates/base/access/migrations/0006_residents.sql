-- A sign-in link that a resident asked for. The secret is drawn when the message is sent, so neither this table nor the
-- message that waits holds it.
create table resident_link (
    jurisdiction_id text not null,
    id uuid not null,
    -- The e-mail address or phone number it goes to.
    reach text not null,
    language text not null,
    asked_at timestamptz not null,
    -- Null until it is sent.
    token_hash bytea,
    ends_at timestamptz not null,
    constraint resident_link_pk primary key (jurisdiction_id, id)
);
create index resident_link_reach on resident_link (jurisdiction_id, reach, asked_at);
create index resident_link_token on resident_link (jurisdiction_id, token_hash);
create index resident_link_end on resident_link (ends_at);

-- A browser in which somebody came by such a link.
create table resident_session (
    jurisdiction_id text not null,
    token_hash bytea not null,
    reach text not null,
    ends_at timestamptz not null,
    constraint resident_session_pk primary key (jurisdiction_id, token_hash)
);
create index resident_session_end on resident_session (ends_at);
