-- mart.evse_match: one row per EVSE whose id another EVSE has too, with what their records disagree in.
create table mart.evse_match (
    evse_key varchar not null,
    relation varchar not null,
    feed varchar not null,
    country_code varchar not null,
    party_id varchar not null,
    location_id varchar not null,
    evse_uid varchar not null,
    evse_id varchar,
    preferred_feed varchar not null,
    preferred_country_code varchar not null,
    preferred_party_id varchar not null,
    preferred_location_id varchar not null,
    preferred_evse_uid varchar not null,
    distance_m bigint,
    conflicts varchar[] not null,
);
comment on column mart.evse_match.evse_key is
    'the id in the one spelling in which ids are compared (ISO 15118-2 without separators), aliases replaced';
comment on column mart.evse_match.relation is
    'preferred; same (the same EVSE in another feed: its offers are kept and marked); same_feed or far_apart (one id for what cannot be one EVSE: nothing is merged)';
comment on column mart.evse_match.distance_m is
    'metres to the position of the preferred record; null when either states none';
comment on column mart.evse_match.conflicts is
    'same_feed, far_apart, position (more than 100 m), position_unknown, power (more than 10 %), plugs, price';
