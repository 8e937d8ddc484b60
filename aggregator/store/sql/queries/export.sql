-- The chosen offers as they stand in the snapshot, comparable ones first: what a download holds.
select * exclude (is_comparable, total, tax_rank)
from memory.main.chosen($country, $standard, $power, $methods, $session, $least_kw, $without_flagged)
where payment_method is null or list_contains($methods, payment_method)
order by is_comparable desc, currency, tax_rank, total nulls last, feed, location_id, evse_uid, connector_id;
