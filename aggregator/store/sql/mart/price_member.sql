-- Which prices are comparable: those of one country, power class, currency and tax basis, together;
-- simulated ones by themselves.
select distinct
    offer_key.country,
    offer_key.power_class,
    tariff.currency,
    if(quote.tax_basis in ('gross', 'derived'), 'gross', quote.tax_basis)
    || if(feed.synthetic, ' synthetic', '') as tax,
    quote.quote_no,
    quote.effective_price_per_kwh,
from temp.offer_key as offer_key
inner join temp.quote as quote using (quote_no)
inner join temp.current_location as location using (location_no)
inner join core.feed as feed on feed.feed = location.feed
inner join (
    select content_hash, any_value(currency) as currency
    from temp.named_tariff
    group by content_hash
) as tariff using (content_hash)
where
    quote.effective_price_per_kwh > 0
    and offer_key.country is not null
    and offer_key.power_class is not null
order by all;
