-- Updates that other systems have sent: the second delivery of one gets the answer of the first.
create table open311_update (
    jurisdiction_id text not null,
    -- The key they came with, as audit entries name it.
    sender text not null,
    update_id text not null,
    request_id uuid not null,
    -- What we answered as our own id.
    answered text,
    -- When it happened, as the sender says.
    sent_at timestamptz not null,
    received_at timestamptz not null,
    constraint open311_update_pk primary key (jurisdiction_id, sender, update_id)
);
