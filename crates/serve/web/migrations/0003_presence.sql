-- Who has a request open at the desk just now; rows older than some seconds mean nothing any more.
create table desk_presence (
    jurisdiction_id text not null,
    request_id uuid not null,
    person_id uuid not null,
    name text not null,
    is_editing boolean not null,
    seen_at timestamptz not null,
    constraint desk_presence_key primary key (jurisdiction_id, request_id, person_id),
    constraint desk_presence_person foreign key (jurisdiction_id, person_id)
        references person (jurisdiction_id, id)
)
--sqlite without rowid
;

create index desk_presence_by_age on desk_presence (jurisdiction_id, seen_at);
