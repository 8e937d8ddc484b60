-- mart.operator: one row per feed and party (CPO).
create table mart.operator (
    feed varchar not null,
    country_code varchar not null,
    party_id varchar not null,
    operator_name varchar,
    locations bigint not null,
    connectors bigint not null,
    priced_connectors bigint not null,
);
comment on column mart.operator.country_code is 'ISO 3166-1 alpha-2 of the party, not of the site';
comment on column mart.operator.operator_name is 'the name most locations of the party give; the party id where none does';
comment on column mart.operator.priced_connectors is 'connectors with at least one offer in state priced or free';
