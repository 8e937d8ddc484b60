-- What the offers come to, one row per currency of what is priced, the most frequent first; one row with a null currency
-- where nothing is. Totals are over paid stations (those with tax, where there are any). places: locations of
-- all currencies; reasons: how many have no price for the chosen way to pay, by reason; other_methods: by which
-- other ways some of them have one.
with station as (
    select
        currency,
        tax_rank,
        total,
        tax_basis,
        is_free,
        bool_or(flags is not null) as is_flagged,
        tax_rank = min(tax_rank) filter (where not is_free) over (partition by currency)
        and not is_free as is_judged,
    from temp.view_priced
    where is_priced
    group by location_no, power_w, is_dc, currency, tax_rank, total, tax_basis, is_free
),
by_currency as (
    select
        currency,
        count(*) as stations,
        count(*) filter (where is_free) as free_stations,
        count(*) filter (where is_flagged) as flagged,
        count(*) filter (where tax_basis = 'derived') as tax_derived,
        count(*) filter (where tax_basis = 'net') as without_tax,
        count(*) filter (where tax_basis = 'unknown') as tax_not_stated,
        count(*) filter (where is_judged) as judged_stations,
        min(total) filter (where is_judged) as cheapest,
        quantile_disc(total, 0.5) filter (where is_judged) as typical,
        max(total) filter (where is_judged) as dearest,
    from station
    group by currency
),
place as (
    select
        bool_or(is_priced) as is_priced,
        coalesce(
            min(reason) filter (where is_paid_so),
            if(bool_or(reason = 'other_payment'), 'other_payment', min(reason))
        ) as reason,
        list(payment_method) filter (where reason = 'other_payment') as other_methods,
    from temp.view_priced
    group by location_no
),
everywhere as (
    select
        count(*) as places,
        count(*) filter (where not is_priced) as places_without_price,
        histogram(reason) filter (where not is_priced) as reasons,
        list_distinct(flatten(list(other_methods) filter (where not is_priced))) as other_methods,
    from place
)
select
    by_currency.*,
    everywhere.*,
from everywhere
left join by_currency on true
order by by_currency.stations desc nulls last, by_currency.currency;
