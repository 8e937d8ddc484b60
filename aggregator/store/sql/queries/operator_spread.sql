-- How the totals of the chosen offers spread within each operator; those with most stations. Totals
-- without tax are left out where there are any with tax.
with station as (
    select location_no, max_power_kw, total, tax_rank,
    from memory.main.chosen($country, $standard, $power, $methods, $session, $least_kw, $without_flagged)
    where is_comparable and total is not null and currency = $currency
    group by all
),
judged as (
    select location.operator_name, station.total
    from station
    inner join mart.location as location using (location_no)
    qualify station.tax_rank = min(station.tax_rank) over ()
),
spread as (
    select
        operator_name,
        count(*) as stations,
        quantile_cont(total::double, [0.05, 0.25, 0.5, 0.75, 0.95]) as quantiles,
    from judged
    group by operator_name
    order by stations desc, operator_name
    limit $most
)
select operator_name, stations, quantiles
from spread
order by quantiles[3], operator_name;
