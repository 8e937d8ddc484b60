-- temp.outlier: quotes whose price stands out among those of a country and power class.
create or replace temp table outlier (
    country varchar,
    power_class varchar,
    quote_no integer,
);
