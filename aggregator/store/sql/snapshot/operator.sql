-- mart.operator: one row per feed, party (CPO) and operator: a hub's party has many.
create table mart.operator (
    feed varchar not null,
    country_code varchar not null,
    party_id varchar not null,
    operator varchar,
    operator_group varchar,
    operator_name varchar,
    locations bigint not null,
    connectors bigint not null,
    priced_connectors bigint not null,
);
comment on column mart.operator.country_code is 'ISO 3166-1 alpha-2 of the party, not of the site';
comment on column mart.operator.operator_name is 'as data/operators says, else as the records state it, else as most records of the party do, else the party';
comment on column mart.operator.priced_connectors is 'connectors with at least one offer in state priced or free';
comment on column mart.operator.operator is 'slug of the operator in data/operators; null when no file there knows it';
comment on column mart.operator.operator_group is 'who owns the operator, as its file says with a source; null when none says';
