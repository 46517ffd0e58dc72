-- A choice of the work list that somebody keeps under a name.
create table desk_view (
    jurisdiction_id text not null,
    id uuid not null,
    person_id uuid not null,
    name text not null,
    -- What its address chooses, as `state=waiting&team=roads`.
    query text not null,
    -- Whether colleagues see it too.
    is_shared boolean not null,
    constraint desk_view_key primary key (jurisdiction_id, id),
    constraint desk_view_person foreign key (jurisdiction_id, person_id)
        references person (jurisdiction_id, id)
)
--sqlite without rowid
;

create index desk_view_by_person on desk_view (jurisdiction_id, person_id);

-- The view with which somebody's desk opens.
create table desk_default_view (
    jurisdiction_id text not null,
    person_id uuid not null,
    view_id uuid not null,
    constraint desk_default_view_key primary key (jurisdiction_id, person_id),
    constraint desk_default_view_person foreign key (jurisdiction_id, person_id)
        references person (jurisdiction_id, id),
    constraint desk_default_view_view foreign key (jurisdiction_id, view_id)
        references desk_view (jurisdiction_id, id)
)
--sqlite without rowid
;

-- One change of many requests at once, so that whoever made it sees what came of it and can take it back.
create table bulk_change (
    jurisdiction_id text not null,
    id uuid not null,
    person_id uuid not null,
    action text not null,
    made_at timestamptz not null,
    undone_at timestamptz,
    constraint bulk_change_key primary key (jurisdiction_id, id),
    constraint bulk_change_person foreign key (jurisdiction_id, person_id)
        references person (jurisdiction_id, id)
)
--sqlite without rowid
;

create index bulk_change_by_age on bulk_change (jurisdiction_id, made_at);

create table bulk_item (
    jurisdiction_id text not null,
    bulk_id uuid not null,
    position bigint not null,
    number text not null,
    -- The version of the request after the change; nothing where it was refused.
    version bigint,
    -- Why it was refused, as the key of its words.
    refusal text,
    -- What came of taking it back: `undone`, or why not.
    undoing text,
    constraint bulk_item_key primary key (jurisdiction_id, bulk_id, position),
    constraint bulk_item_change foreign key (jurisdiction_id, bulk_id)
        references bulk_change (jurisdiction_id, id)
)
--sqlite without rowid
;
