-- Countries that have anything to show, those with most prices first.
select
    offer_row.country,
    count(*) filter (where headline.state in ('priced', 'free')) as priced,
    count(*) as offers,
from mart.offer_row as offer_row
left join mart.headline as headline using (quote_no)
where offer_row.country is not null and offer_row.preferred_feed is null
group by offer_row.country
order by priced desc, country;
