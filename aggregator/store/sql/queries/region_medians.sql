-- What is typical everywhere: one row per country, region, power class, currency and tax basis, among
-- the offers of one way to pay. median_total: in the currency, of the reference session of the power
-- class, which is named beside it; that of a class that is not known goes by direct or alternating current.
with offer as (
    select
        country,
        region_1,
        power_class,
        currency,
        tax_basis,
        case
            when power_class in ('dc', 'hpc') then power_class
            when power_class is null and power_type = 'DC' then 'dc'
            else 'ac'
        end as session,
        case session
            when 'ac' then session_ac_total
            when 'hpc' then session_hpc_total
            else session_dc_total
        end as total,
    from mart.offer
    where
        payment_method = $method
        and state in ('priced', 'free')
        and country is not null
        and preferred_feed is null
        and (not $without_flagged or flags is null)
)
select
    country,
    region_1,
    power_class,
    session,
    currency,
    tax_basis,
    count(*) as offers,
    median(total) as median_total,
from offer
where total is not null
group by country, region_1, power_class, session, currency, tax_basis
order by country, region_1, power_class, session, currency, tax_basis;
