-- temp.offer_key: one row per connector and way to pay, in the order of mart.offer_row.
create temp table offer_key as
select
    connector.*,
    pick(number, way, 100) < 3 as is_unpriced,
    if(is_unpriced, null, $methods[(pick(evse, 'method', 5) + way) % 5 + 1]) as payment_method,
from connector
cross join range(2) as ways(way)
where way = 0 or pick(number, 'ways', 100) < 62
order by location_no, number;
