-- One thing that is drawn on the town's map.
create table map_feature (
    jurisdiction_id text not null,
    kind text not null,
    -- The file it came from; bringing that file in again replaces what came from it.
    source text not null,
    code text not null,
    name text,
    sort text,
    -- House numbers, postal codes: JSON, by kind.
    details text not null,
    geometry text not null,
    constraint map_feature_pk primary key (jurisdiction_id, kind, source, code),
    constraint map_feature_jurisdiction foreign key (jurisdiction_id) references jurisdiction (jurisdiction_id)
);

-- Moves on with every change of the map, so that a node notices that its copy is old.
create table map_version (
    jurisdiction_id text not null,
    version bigint not null,
    constraint map_version_pk primary key (jurisdiction_id),
    constraint map_version_jurisdiction foreign key (jurisdiction_id) references jurisdiction (jurisdiction_id)
);
