-- How many connectors of a country and power class have a price, by operator, those with most first.
-- operator, operator_code: as in offered_price_lists.sql. $least_kw: power that the session needs.
select
    coalesce(location.operator, location.country_code || '-' || location.party_id) as operator_code,
    any_value(location.operator) as operator,
    mode(location.operator_name) as operator_name,
    count(distinct chosen.connector_no) as connectors,
from memory.main.chosen($country, null, $power, $methods, 'dc', $least_kw, false) as chosen
inner join mart.location as location using (location_no)
where chosen.is_comparable
group by operator_code
order by connectors desc, operator_code;
