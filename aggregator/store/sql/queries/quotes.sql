-- What each quote is of: the price list, the rate of VAT that was added by law (0.2 is 20 %), the time zone, and whether it
-- can be computed at all.
select quote_no, content_hash, vat_rate::varchar as vat_rate, time_zone, currency, state, state_reason, tax_basis
from mart.quote
order by quote_no;
