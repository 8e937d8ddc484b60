-- Countries that have anything to show, those with most prices first.
select country, count(*) filter (where state in ('priced', 'free')) as priced, count(*) as offers
from mart.offer
where country is not null and preferred_feed is null
group by country
order by priced desc, country;
