-- What each quote is of: the price list, the rate of VAT that was added by law (0.2 is 20 %), the time zone, whether it
-- can be computed at all, and what a list says of its prices.
select
    quote.quote_no,
    quote.content_hash,
    quote.vat_rate::varchar as vat_rate,
    quote.time_zone,
    quote.currency,
    quote.state,
    quote.state_reason,
    quote.tax_basis,
    headline.price_varies,
    headline.fee_after_minutes,
from mart.quote as quote
left join mart.headline as headline using (quote_no)
order by quote.quote_no;
