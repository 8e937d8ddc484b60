-- How the totals of a session spread among the offers of one way to pay and one power class: one row
-- per currency and tax basis, which are never mixed, the most frequent first. total_quantiles: of 5, 25,
-- 50, 75 and 95 % of the offers, in the currency. $region_1 null: the whole country.
select
    currency,
    tax_basis,
    count(*) as offers,
    quantile_cont(total, [0.05, 0.25, 0.5, 0.75, 0.95]) as total_quantiles,
from memory.main.chosen($country, null, $power, [$method], $session, $least_kw, $without_flagged)
where
    is_comparable
    and country = $country
    and payment_method = $method
    and power_class = $power
    and ($region_1::varchar is null or region_1 = $region_1)
    and total is not null
group by currency, tax_basis
order by offers desc, currency, tax_basis;
