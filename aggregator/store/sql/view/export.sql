-- Offers as they stand in the snapshot, with what the charge costs (offer_total); priced ones first. charge_total: in
-- the offer's currency, tax as charge_tax_basis says; charging_minutes: energy over the lower power of car and
-- connector, an estimate.
select
    offer.* exclude (offer_no, location_no, connector_no),
    priced.distance_km,
    priced.total as charge_total,
    priced.tax_basis as charge_tax_basis,
    priced.reason as charge_reason,
    priced.minutes as charging_minutes,
from mart.offer as offer
inner join offer_total as priced using (offer_no)
order by
    priced.total is not null desc,
    offer.currency,
    priced.tax_rank,
    priced.total nulls last,
    offer.feed,
    offer.location_id,
    offer.evse_uid,
    offer.connector_id,
    offer.tariff_id,
    offer.payment_method;
