insert into mart.quote by name
select
    quote.* exclude (
        is_by_law,
        price_per_kwh,
        price_per_minute,
        parking_price_per_minute,
        start_fee,
        price_varies,
        fee_after_minutes,
        effective_price_per_kwh,
        session_ac_total,
        session_dc_total,
        session_hpc_total,
        session_idle_total
    ) replace (
        if(quote.is_by_law, quote.vat_rate, null) as vat_rate,
        if(quote.is_by_law, quote.vat_source, null) as vat_source
    ),
    tariff.currency,
from temp.quote as quote
inner join (
    select content_hash, any_value(currency) as currency
    from temp.named_tariff
    group by content_hash
) as tariff using (content_hash)
order by quote.quote_no;

insert into mart.session_total by name
from temp.session_total
order by quote_no, session_code;

insert into mart.headline by name
select
    quote.quote_no,
    quote.session_code,
    kept.currency,
    quote.state,
    quote.state_reason,
    quote.tax_basis,
    quote.price_per_kwh,
    quote.price_per_minute,
    quote.parking_price_per_minute,
    quote.start_fee,
    quote.price_varies,
    quote.fee_after_minutes,
    quote.effective_price_per_kwh,
    quote.session_ac_total,
    quote.session_dc_total,
    quote.session_hpc_total,
    quote.session_idle_total,
from temp.quote as quote
inner join mart.quote as kept using (quote_no)
order by quote.quote_no;
