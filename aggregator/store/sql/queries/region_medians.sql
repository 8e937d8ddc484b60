-- What is typical everywhere: one row per country, region, power class, currency and tax basis, among
-- the offers of one way to pay. median_total: in the currency, of the reference session of the power
-- class, which is named beside it; that of a class that is not known goes by direct or alternating current.
with offer as (
    select
        offer_row.country,
        offer_row.region_1,
        offer_row.power_class,
        headline.currency,
        headline.tax_basis,
        if(headline.session_code in ('dc', 'hpc'), headline.session_code, 'ac') as session,
        case session
            when 'ac' then headline.session_ac_total
            when 'hpc' then headline.session_hpc_total
            else headline.session_dc_total
        end as total,
    from mart.offer_row as offer_row
    inner join mart.headline as headline using (quote_no)
    where
        offer_row.payment_method = $method
        and headline.state in ('priced', 'free')
        and offer_row.country is not null
        and (
            offer_row.preferred_feed is null
            or ($without_flagged and offer_row.is_preferred_doubtful)
        )
        and (not $without_flagged or offer_row.flags is null)
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
