-- Where positions lie, looked up once each. borders: digest of the borders that were asked.
-- country: ISO 3166-1 alpha-3. region_2: of the imported layer region_2_layer.
create table core.position (
    latitude double not null,
    longitude double not null,
    country varchar,
    region_1 varchar,
    region_1_name varchar,
    region_2 varchar,
    region_2_name varchar,
    region_2_layer varchar,
    is_near boolean not null,
    borders varchar not null,
);
