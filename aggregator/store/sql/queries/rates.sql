-- What one unit of a currency of this snapshot buys of another, where there is a rate that may be used.
select currency, to_currency, rate, rate_date
from mart.rate
where missing_because is null and currency <> to_currency
order by to_currency, currency;
