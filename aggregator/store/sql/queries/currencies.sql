-- Currencies in which the chosen offers are priced, the most frequent first.
select currency
from memory.main.chosen($country, $standard, $power, $methods, $session, $least_kw, $without_flagged)
where is_comparable and total is not null
group by currency
order by count(*) filter (where state = 'priced') desc, currency;
