-- mart.offered_tariff: one row per tariff that a party's connectors name, and what it stands for. Times are UTC.
create table mart.offered_tariff (
    named_no bigint not null,
    tariff_id varchar,
    content_hash varchar,
    tariff_type varchar,
    currency varchar,
    missing_because varchar,
    operator_last_updated timestamp,
    changed_at timestamp,
    licence varchar,
    source_url varchar,
    synthetic boolean not null,
);
comment on column mart.offered_tariff.tariff_id is 'as the connectors name it; null where they name none';
comment on column mart.offered_tariff.content_hash is
    'SHA-256 of the price list (mart.tariff); null when there is no usable tariff';
comment on column mart.offered_tariff.missing_because is 'code of the reason why there is no tariff that is valid now';
comment on column mart.offered_tariff.licence is 'where another feed publishes the tariff: its terms';
comment on column mart.offered_tariff.source_url is 'where another feed publishes the tariff: its address';
comment on column mart.offered_tariff.synthetic is 'true where another feed publishes the tariff and its data are simulated';
