-- What a town looks like; without a row, as the program does.
create table brand (
    jurisdiction_id text not null,
    colour text,
    logo bytea,
    logo_type text,
    constraint brand_pk primary key (jurisdiction_id),
    constraint brand_jurisdiction foreign key (jurisdiction_id) references jurisdiction (jurisdiction_id)
);
