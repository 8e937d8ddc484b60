-- temp.place: the time zone of each distinct stated zone and position.
create or replace temp table place (
    stated_time_zone varchar,
    latitude double,
    longitude double,
    time_zone varchar,
    time_zone_source varchar,
);
