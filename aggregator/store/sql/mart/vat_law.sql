-- temp.vat_law: the rate that is law for prices that are proven to be net and state none, by where the
-- charger is and who runs it. vat_rate: 0.2 is 20 %.
create or replace temp table vat_law (
    country varchar,
    region_1 varchar,
    party varchar,
    vat_rate decimal(7, 6),
    vat_source varchar,
);
