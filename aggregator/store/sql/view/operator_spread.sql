-- How the totals of the priced offers spread within each operator; those with most stations. Totals without tax are left
-- out where there are any with tax.
with station as (
    select location_no, total, tax_rank,
    from temp.view_priced
    where is_priced and currency = $currency
    group by location_no, power_w, is_dc, total, tax_rank
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
