-- temp.view_priced: the offers with what the charge costs there (charge_total, one row per price list and power).
-- tax_rank: 0 with tax, 1 without or not told; a total without tax is never judged beside one with tax.
create or replace temp table view_priced as
select
    view_offer.*,
    charge_total.total,
    charge_total.tax_basis,
    charge_total.minutes,
    headline.state = 'free' as is_free,
    headline.price_varies,
    headline.fee_after_minutes,
    tariff.currency,
    view_offer.is_paid_so and charge_total.total is not null as is_priced,
    if(charge_total.tax_basis in ('gross', 'derived'), 0, 1) as tax_rank,
    case
        when charge_total.total is not null then null
        when view_offer.is_paid_so
            then coalesce(tariff.missing_because, charge_total.reason, headline.state_reason, 'unknown')
        when headline.state in ('priced', 'free') then 'other_payment'
        else coalesce(tariff.missing_because, headline.state_reason, 'unknown')
    end as reason,
from temp.view_offer as view_offer
inner join mart.offered_tariff as tariff using (named_no)
left join mart.headline as headline using (quote_no)
left join charge_total
    on charge_total.quote_no = view_offer.quote_no
    and charge_total.power_w = view_offer.power_w
    and charge_total.is_dc = view_offer.is_dc;
