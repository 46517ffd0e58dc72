-- The indexes of places held the exact one, so a list for the public read every row of a service published in
-- summary only to learn its coarse place. With the place that the public knows, they answer by themselves.
drop index service_request_service;
drop index service_request_cell;

create index service_request_service
    on service_request (jurisdiction_id, service_id, id, is_open, public_level,
        (case when public_level = 'full' then latitude else coarse_latitude end),
        (case when public_level = 'full' then longitude else coarse_longitude end));

create index service_request_cell
    on service_request (jurisdiction_id, cell, id, is_open, public_level,
        (case when public_level = 'full' then latitude else coarse_latitude end),
        (case when public_level = 'full' then longitude else coarse_longitude end))
    where cell is not null;

--sqlite insert into sqlite_stat1 (tbl, idx, stat) values
--sqlite     ('service_request', 'service_request_service', '1000000 1000000 10000 1 1 1 1 1'),
--sqlite     ('service_request', 'service_request_cell', '800000 800000 4000 1 1 1 1 1');
--sqlite analyze sqlite_schema;
