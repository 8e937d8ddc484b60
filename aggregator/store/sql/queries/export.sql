-- The chosen offers as they stand in the snapshot, comparable ones first: what a download holds.
select offer.* exclude (offer_no, location_no, connector_no)
from mart.offer as offer
inner join (
    select offer_no, is_comparable, tax_rank, total
    from memory.main.chosen($country, $standard, $power, $methods, $session, $least_kw, $without_flagged)
    where payment_method is null or list_contains($methods, payment_method)
) as chosen using (offer_no)
order by
    chosen.is_comparable desc,
    offer.currency,
    chosen.tax_rank,
    chosen.total nulls last,
    offer.feed,
    offer.location_id,
    offer.evse_uid,
    offer.connector_id,
    offer.tariff_id,
    offer.payment_method;
