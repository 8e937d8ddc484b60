-- Plug types in a country, the most frequent first.
select connector_standard
from mart.offer_row
where country = $country and connector_standard is not null
group by connector_standard
order by count(*) desc, connector_standard
limit 20;
