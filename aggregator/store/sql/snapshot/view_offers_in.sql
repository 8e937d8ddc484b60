-- mart.offers_in('SEK'): the offers with prices without and with tax, and totals in a currency of one's choice
-- beside the original ones. Where there is no rate that may be used, rate_missing_because says why.
create macro mart.offers_in(wanted_currency) as table
select
    offer.*,
    quote.* exclude (
        quote_no, content_hash, time_zone, currency, state, state_reason, tax_basis
    ),
    upper(wanted_currency) as display_currency,
    rate.rate as display_rate,
    rate.rate_date as display_rate_date,
    case
        when offer.currency is null or rate.rate is not null then null
        else coalesce(rate.missing_because, 'unknown_currency')
    end as rate_missing_because,
    (offer.price_per_kwh::double * rate.rate::double)::decimal(38, 6) as display_price_per_kwh,
    (offer.effective_price_per_kwh::double * rate.rate::double)::decimal(38, 6)
        as display_effective_price_per_kwh,
    (offer.session_ac_total::double * rate.rate::double)::decimal(38, 4) as display_session_ac_total,
    (offer.session_dc_total::double * rate.rate::double)::decimal(38, 4) as display_session_dc_total,
    (offer.session_hpc_total::double * rate.rate::double)::decimal(38, 4) as display_session_hpc_total,
    (offer.session_idle_total::double * rate.rate::double)::decimal(38, 4)
        as display_session_idle_total,
from mart.offer as offer
left join mart.quote as quote using (quote_no)
left join mart.rate as rate
    on rate.currency = offer.currency
    and rate.to_currency = upper(wanted_currency);
