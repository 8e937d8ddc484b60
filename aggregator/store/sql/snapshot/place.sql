-- mart.place: one row per town or postcode in which locations with a position say that they are.
-- Source: OCPI city, postal_code and coordinates of the locations; spellings are brought together.
create table mart.place (
    place varchar not null,
    kind varchar not null,
    name varchar not null,
    search_key varchar not null,
    match_key varchar not null,
    country varchar not null,
    region_1 varchar,
    region_1_name varchar,
    latitude double not null,
    longitude double not null,
    radius_km double not null,
    locations bigint not null,
    priced_locations bigint not null,
);
comment on column mart.place.place is
    'code: country and name, lower case and ASCII; of namesakes more than 30 km apart, all but the largest have their region or cell besides';
comment on column mart.place.kind is 'city or postal_code';
comment on column mart.place.name is 'as most of its locations write it';
comment on column mart.place.search_key is
    'the name without case, accents and signs, as goteborg; of a postcode also without blanks and country';
comment on column mart.place.match_key is
    'search_key with ae, oe, ue and aa as ä, ö, ü and å are in it, so that Koeln is found as Köln';
comment on column mart.place.region_1 is 'code of the region (mart.region) that most of its locations lie in';
comment on column mart.place.region_1_name is 'its name: what tells namesakes apart; null where it is not known';
comment on column mart.place.latitude is 'degrees north, WGS 84; the median of its locations';
comment on column mart.place.longitude is 'degrees east, WGS 84; the median of its locations';
comment on column mart.place.radius_km is
    'km around latitude and longitude within which 90 % of its locations lie; at least 1';
comment on column mart.place.locations is
    'locations of all feeds; without those that state a postcode more than 30 km away from most others of it';
comment on column mart.place.priced_locations is 'locations with at least one offer in state priced or free';
