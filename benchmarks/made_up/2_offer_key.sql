-- temp.offer_key: one row per connector and way to pay, in the order of mart.offer.
-- price: currency / kWh; what is 0.25 in euro is several times as much in most other money.
create temp table offer_key as
select
    connector.*,
    pick(number, way, 100) as chance,
    if(chance < 3, null, $methods[(pick(evse, 'method', 5) + way) % 5 + 1]) as payment_method,
    $currencies[list_position($countries, country)] as currency,
    (250 + pick(party, tariff, 600)) / 1000
    * if(currency in ('EUR', 'GBP', 'CHF'), 1, 8) as price,
from connector
cross join range(2) as ways(way)
where way = 0 or pick(number, 'ways', 100) < 62
order by country, payment_method, power_class, feed;
