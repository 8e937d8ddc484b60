-- How many locations have no price for the chosen way to pay, by reason.
with place as (
    select
        case
            when bool_or(is_comparable) then 'no_price_applies'
            when bool_or(state in ('priced', 'free')) then 'other_payment'
            else mode(coalesce(tariff.missing_because, chosen.state_reason, 'unknown'))
        end as reason,
    from memory.main.chosen($country, $standard, $power, $methods, $session, $least_kw, $without_flagged) as chosen
    inner join mart.offered_tariff as tariff using (named_no)
    group by location_no
    having not bool_or(is_comparable and total is not null)
)
select reason, count(*) as places
from place
group by reason
order by places desc, reason;
