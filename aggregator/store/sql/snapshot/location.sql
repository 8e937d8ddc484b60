-- mart.location: one row per location that may be shown, in the order of countries and cells.
-- Times are UTC.
create table mart.location (
    location_no bigint not null,
    cell integer,
    feed varchar not null,
    country_code varchar not null,
    party_id varchar not null,
    location_id varchar not null,
    name varchar,
    operator varchar,
    operator_name varchar,
    operator_name_stated varchar,
    address varchar,
    city varchar,
    postal_code varchar,
    country varchar,
    country_stated varchar,
    country_by_position varchar,
    country_match varchar not null,
    region_1 varchar,
    region_2 varchar,
    latitude double,
    longitude double,
    time_zone varchar,
    time_zone_source varchar,
    opening_times varchar[],
    operator_last_updated timestamp,
    first_seen_at timestamp not null,
    last_seen_at timestamp not null,
    changed_at timestamp not null,
);
comment on column mart.location.cell is
    'floor((latitude + 90) * 10) * 3600 + floor((longitude + 180) * 10); 0.1 degrees wide; null without a position';
comment on column mart.location.operator is
    'slug of the operator in data/operators; null when no file there knows the party or the name';
comment on column mart.location.country is 'ISO 3166-1 alpha-3 of the site: as stated, else by position';
comment on column mart.location.country_match is
    'whether the stated country is the one the position lies in: agrees, disagrees, unknown; nothing is corrected';
comment on column mart.location.time_zone is 'IANA name';
comment on column mart.location.time_zone_source is 'stated, or position where the record gave none that exists';
comment on column mart.location.opening_times is
    'when it can be reached, on its own clock: always; or begin-end in minutes since Monday 00:00; +interval and -interval are exceptions (UTC), open and closed; null when not stated';
