-- temp.place_spelling: one row per town or postcode as stated, by country: its name, by which keys it is
-- found, and the number of those that are one but for their spelling.
create or replace temp table place_spelling (
    kind varchar,
    country varchar,
    stated varchar,
    name varchar,
    search_key varchar,
    match_key varchar,
    code varchar,
    group_no integer,
);
