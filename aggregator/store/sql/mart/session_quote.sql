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
