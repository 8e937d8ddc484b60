-- mart.offer: one row per connector x tariff x payment method; a connector without a usable
-- tariff has one row that says why. This is the row that people compare.
-- Prices: tax included wherever tax_basis is gross or derived, else as stated. Times are UTC.
create view mart.offer as
select
    location.feed,
    location.country_code,
    location.party_id,
    location.operator,
    location.operator_name,
    location.location_id,
    location.name as location_name,
    connector.evse_uid,
    connector.evse_id,
    offer_row.preferred_feed,
    connector.connector_id,
    offer_row.connector_standard,
    connector.power_type,
    offer_row.max_power_kw,
    offer_row.power_class,
    location.latitude,
    location.longitude,
    offer_row.country,
    offer_row.region_1,
    location.region_2,
    location.city,
    location.address,
    location.postal_code,
    location.time_zone,
    tariff.tariff_id,
    tariff.content_hash,
    tariff.tariff_type,
    offer_row.payment_method,
    offer_row.payment_certainty,
    offer_row.quote_no,
    coalesce(headline.state, 'unknown') as state,
    coalesce(tariff.missing_because, headline.state_reason) as state_reason,
    offer_row.flags,
    tariff.currency,
    headline.tax_basis,
    headline.price_per_kwh,
    headline.price_per_minute,
    headline.parking_price_per_minute,
    headline.start_fee,
    headline.price_varies,
    headline.fee_after_minutes,
    headline.effective_price_per_kwh,
    headline.session_ac_total,
    headline.session_dc_total,
    headline.session_hpc_total,
    headline.session_idle_total,
    coalesce(tariff.operator_last_updated, connector.operator_last_updated)
        as operator_last_updated,
    connector.first_seen_at,
    offer_row.last_seen_at,
    offer_row.changed_at,
    nullif(concat_ws('; ', feed.licence, tariff.licence), '') as licence,
    nullif(concat_ws('; ', feed.source_url, tariff.source_url), '') as source_url,
    feed.synthetic or tariff.synthetic as synthetic,
    offer_row.rowid as offer_no,
    offer_row.location_no,
    offer_row.connector_no,
from mart.offer_row as offer_row
inner join mart.connector as connector using (connector_no)
inner join mart.location as location on location.location_no = offer_row.location_no
inner join mart.offered_tariff as tariff using (named_no)
inner join mart.feed as feed on feed.feed = location.feed
left join mart.headline as headline on headline.quote_no = offer_row.quote_no;
comment on column mart.offer.operator is
    'slug of the operator in data/operators; null when no file there knows the party or the name';
comment on column mart.offer.preferred_feed is
    'the feed that goes first and has the same EVSE with the same plug and way to pay: count one of both; else null';
comment on column mart.offer.country is 'ISO 3166-1 alpha-3 of the site';
comment on column mart.offer.region_1 is
    'code of the first sub-national level (mart.region), by position; null where none is shipped or there is no position';
comment on column mart.offer.region_2 is
    'code of the region in the first imported layer (mart.region), by position; null without one';
comment on column mart.offer.flags is
    'codes of what is doubtful, separated by a blank, see mart.flag; null when nothing is. No value was changed because of one';
comment on column mart.offer.effective_price_per_kwh is
    'currency / kWh; the total of the reference session of the power class by its energy; tax as tax_basis says';
comment on column mart.offer.time_zone is 'IANA name, as stated or by position; null when neither tells';
comment on column mart.offer.content_hash is
    'SHA-256 of the price list (mart.tariff); null when there is no usable tariff';
comment on column mart.offer.payment_method is
    'card, app, contract, plug_and_charge, free, or ad_hoc (payable without a contract, way not stated); null without a tariff';
comment on column mart.offer.payment_certainty is 'yes, likely or not_stated';
comment on column mart.offer.state is 'priced, free, unknown or not_computable';
comment on column mart.offer.state_reason is 'code of the reason when state is unknown or not_computable';
comment on column mart.offer.tax_basis is
    'gross (tax included), derived (gross worked out with an inferred rate), net (tax not included, rate not stated), unknown (not told)';
comment on column mart.offer.price_per_kwh is
    'currency / kWh, at the start of the reference session of the power class; null when energy is not charged for';
comment on column mart.offer.session_ac_total is 'currency; 20 kWh in 2 h, then 2 h parked, Tuesday 18:00 local time';
comment on column mart.offer.session_dc_total is 'currency; 30 kWh in 40 min, Tuesday 18:00 local time';
comment on column mart.offer.session_hpc_total is 'currency; 40 kWh in 25 min, Tuesday 18:00 local time';
comment on column mart.offer.session_idle_total is 'currency; 40 kWh in 25 min, then 30 min parked, Tuesday 18:00 local time';
comment on column mart.offer.operator_last_updated is 'UTC; the operator''s own clock for the tariff, else for the connector';
comment on column mart.offer.first_seen_at is 'UTC; when this connector was first received';
comment on column mart.offer.last_seen_at is 'UTC; when it was last received';
comment on column mart.offer.changed_at is 'UTC; when connector or tariff last changed';
