-- The price lists that the connectors of a country and power class offer, so that any session can be
-- priced: one row per operator, way to pay, price list, time zone and rate of VAT that was added by law.
-- operator: slug, null when no file knows it; operator_code: the slug, else country and party of OCPI.
-- paid: contract, free or without (a contract). connectors: how many; one that takes cards and an app
-- for the same price counts once. $least_kw: power that the session needs.
with offer as (
    select
        coalesce(location.operator, location.country_code || '-' || location.party_id)
            as operator_code,
        location.operator,
        case
            when chosen.payment_method in ('contract', 'plug_and_charge') then 'contract'
            when chosen.payment_method = 'free' or chosen.state = 'free' then 'free'
            else 'without'
        end as paid,
        chosen.connector_no,
        quote.content_hash,
        quote.time_zone,
        quote.vat_rate,
        quote.currency,
    from memory.main.chosen($country, null, $power, $methods, 'dc', $least_kw, false) as chosen
    inner join mart.location as location using (location_no)
    inner join mart.quote as quote using (quote_no)
    where chosen.is_comparable
),
list as (
    select content_hash, any_value(price_list)::varchar as price_list
    from mart.tariff
    group by content_hash
)
select
    offer.operator_code,
    any_value(offer.operator) as operator,
    offer.paid,
    offer.currency,
    offer.time_zone,
    offer.vat_rate,
    list.price_list,
    count(distinct offer.connector_no) as connectors,
from offer
inner join list using (content_hash)
group by
    offer.operator_code, offer.paid, offer.currency, offer.time_zone, offer.vat_rate,
    offer.content_hash, list.price_list
order by offer.operator_code, offer.paid, offer.content_hash, offer.time_zone, offer.vat_rate;
