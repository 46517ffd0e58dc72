create table jurisdiction (
    jurisdiction_id text not null,
    name text not null,
    zone text not null,
    languages text not null,
    contact text not null,
    boundary text,
    default_calendar text not null,
    is_default boolean not null,
    catalog_version bigint not null,
    changed_at timestamptz not null,
    added_at timestamptz not null,
    constraint jurisdiction_pk primary key (jurisdiction_id)
);

-- At most one jurisdiction answers when nobody says which one is meant.
create unique index jurisdiction_one_default on jurisdiction (is_default) where is_default;

create table jurisdiction_host (
    jurisdiction_id text not null,
    host text not null,
    constraint jurisdiction_host_pk primary key (jurisdiction_id, host),
    constraint jurisdiction_host_once unique (host),
    constraint jurisdiction_host_jurisdiction foreign key (jurisdiction_id) references jurisdiction (jurisdiction_id)
);

create table calendar (
    jurisdiction_id text not null,
    code text not null,
    spec text not null,
    constraint calendar_pk primary key (jurisdiction_id, code),
    constraint calendar_jurisdiction foreign key (jurisdiction_id) references jurisdiction (jurisdiction_id)
);

create table department (
    jurisdiction_id text not null,
    id uuid not null,
    code text not null,
    name text not null,
    calendar text,
    active boolean not null,
    constraint department_pk primary key (jurisdiction_id, id),
    constraint department_code unique (jurisdiction_id, code),
    constraint department_jurisdiction foreign key (jurisdiction_id) references jurisdiction (jurisdiction_id),
    constraint department_calendar foreign key (jurisdiction_id, calendar) references calendar (jurisdiction_id, code)
);

create table team (
    jurisdiction_id text not null,
    id uuid not null,
    code text not null,
    name text not null,
    department_id uuid not null,
    active boolean not null,
    constraint team_pk primary key (jurisdiction_id, id),
    constraint team_code unique (jurisdiction_id, code),
    constraint team_department foreign key (jurisdiction_id, department_id) references department (jurisdiction_id, id)
);

create table service (
    jurisdiction_id text not null,
    id uuid not null,
    code text not null,
    name text not null,
    description text not null,
    service_group text not null,
    keywords text not null,
    icon text,
    public_level text not null,
    kind text not null,
    photo text not null,
    department_id uuid not null,
    team_id uuid,
    calendar text,
    stopper text,
    active boolean not null,
    constraint service_pk primary key (jurisdiction_id, id),
    constraint service_code unique (jurisdiction_id, code),
    constraint service_department foreign key (jurisdiction_id, department_id)
        references department (jurisdiction_id, id),
    constraint service_team foreign key (jurisdiction_id, team_id) references team (jurisdiction_id, id),
    constraint service_calendar foreign key (jurisdiction_id, calendar) references calendar (jurisdiction_id, code)
);

create table service_route (
    jurisdiction_id text not null,
    service_id uuid not null,
    place bigint not null,
    district_kind text not null,
    district_code text not null,
    team_id uuid not null,
    constraint service_route_pk primary key (jurisdiction_id, service_id, place),
    constraint service_route_district unique (jurisdiction_id, service_id, district_kind, district_code),
    constraint service_route_service foreign key (jurisdiction_id, service_id)
        references service (jurisdiction_id, id),
    constraint service_route_team foreign key (jurisdiction_id, team_id) references team (jurisdiction_id, id)
);

-- Every wording ever asked stays; at most one version of a question is current.
create table question (
    jurisdiction_id text not null,
    service_id uuid not null,
    code text not null,
    version bigint not null,
    is_current boolean not null,
    datatype text not null,
    variable boolean not null,
    required boolean not null,
    place bigint not null,
    wording text not null,
    hint text not null,
    choices text not null,
    condition_on text,
    asked_since timestamptz not null,
    constraint question_pk primary key (jurisdiction_id, service_id, code, version),
    constraint question_service foreign key (jurisdiction_id, service_id) references service (jurisdiction_id, id)
);

create unique index question_one_current on question (jurisdiction_id, service_id, code) where is_current;

-- Never edited: a new version supersedes an old one from its date on.
create table target (
    jurisdiction_id text not null,
    service_id uuid not null,
    version bigint not null,
    effective_from timestamptz not null,
    first_response text,
    resolution text,
    set_at timestamptz not null,
    set_by text not null,
    constraint target_pk primary key (jurisdiction_id, service_id, version),
    constraint target_service foreign key (jurisdiction_id, service_id) references service (jurisdiction_id, id)
);

create table notice (
    jurisdiction_id text not null,
    code text not null,
    service_id uuid,
    words text not null,
    shown_from timestamptz not null,
    shown_until timestamptz,
    constraint notice_pk primary key (jurisdiction_id, code),
    constraint notice_jurisdiction foreign key (jurisdiction_id) references jurisdiction (jurisdiction_id),
    constraint notice_service foreign key (jurisdiction_id, service_id) references service (jurisdiction_id, id)
);

create table district (
    jurisdiction_id text not null,
    kind text not null,
    code text not null,
    name text,
    shape text not null,
    constraint district_pk primary key (jurisdiction_id, kind, code),
    constraint district_jurisdiction foreign key (jurisdiction_id) references jurisdiction (jurisdiction_id)
);
