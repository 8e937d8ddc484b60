-- mart.region: one row per region that a charger lies in.
create table mart.region (
    level varchar not null,
    region varchar not null,
    country varchar,
    name varchar,
    layer varchar,
);
comment on column mart.region.level is 'region_1 or region_2: the column of mart.offer that holds the code';
comment on column mart.region.region is 'code: ISO 3166-2 where it is known; of an imported layer, its own id';
comment on column mart.region.country is 'ISO 3166-1 alpha-3 by position';
comment on column mart.region.layer is 'name of the imported layer; null for what is shipped';
