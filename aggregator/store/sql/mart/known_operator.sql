-- temp.known_operator: which operator of the register each distinct party and stated name means.
create or replace temp table known_operator (
    country_code varchar,
    party_id varchar,
    stated_name varchar,
    operator varchar,
    name varchar,
    operator_group varchar,
);
