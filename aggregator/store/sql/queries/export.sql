-- The chosen offers as they stand in the snapshot, comparable ones first: what a download holds.
select offer.* exclude (location_no, connector_no, named_no)
from mart.offer as offer
inner join (
    select connector_no, named_no, payment_method, is_comparable, tax_rank, total
    from memory.main.chosen($country, $standard, $power, $methods, $session, $least_kw, $without_flagged)
    where payment_method is null or list_contains($methods, payment_method)
) as chosen
    on chosen.connector_no = offer.connector_no
    and chosen.named_no = offer.named_no
    and chosen.payment_method is not distinct from offer.payment_method
order by
    chosen.is_comparable desc,
    offer.currency,
    chosen.tax_rank,
    chosen.total nulls last,
    offer.feed,
    offer.location_id,
    offer.evse_uid,
    offer.connector_id;
