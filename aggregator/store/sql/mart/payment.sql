-- temp.payment: the ways to pay, by capabilities, tariff type and whether the offer is free.
create or replace temp table payment (
    capabilities varchar[],
    tariff_type varchar,
    is_free boolean,
    payment_method varchar,
    payment_certainty varchar,
);
