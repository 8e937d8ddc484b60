-- temp.country_match: whether a stated country is the one the position lies in: agrees, disagrees, unknown.
create or replace temp table country_match (
    stated varchar,
    country varchar,
    region_1 varchar,
    country_match varchar,
);
