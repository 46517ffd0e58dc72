-- How close to each other two reports may be about the same thing; nothing where the program decides.
alter table service add column duplicate_radius_m bigint;
