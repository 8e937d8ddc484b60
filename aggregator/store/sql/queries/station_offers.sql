-- The offers of one location: one row per connector, tariff and way to pay, the strongest connector
-- first; a connector without a usable tariff has one row that says why. Times are UTC.
-- vat_rate: added by law, 0.2 is 20 %; null where none was. tariff_changed_at: the tariff's own clock.
select
    connector.connector_no,
    connector.evse_uid,
    connector.evse_id,
    connector.connector_id,
    connector.connector_standard,
    connector.connector_format,
    connector.power_type,
    connector.max_power_kw,
    connector.max_power_source,
    connector.power_class,
    connector.status,
    connector.capabilities,
    connector.accepted_service_providers,
    connector.acceptance_no,
    connector.operator_last_updated,
    connector.first_seen_at,
    connector.last_seen_at,
    connector.changed_at,
    tariff.tariff_id,
    tariff.content_hash,
    tariff.currency,
    tariff.operator_last_updated as tariff_last_updated,
    tariff.changed_at as tariff_changed_at,
    tariff.source_url as tariff_source_url,
    tariff.licence as tariff_licence,
    offer_row.payment_method,
    offer_row.payment_certainty,
    offer_row.flags,
    coalesce(headline.state, 'unknown') as state,
    coalesce(tariff.missing_because, headline.state_reason) as state_reason,
    quote.vat_rate,
    quote.vat_source,
from mart.offer_row as offer_row
inner join mart.connector as connector using (connector_no)
inner join mart.offered_tariff as tariff using (named_no)
left join mart.headline as headline on headline.quote_no = offer_row.quote_no
left join mart.quote as quote on quote.quote_no = offer_row.quote_no
where offer_row.location_no = $location_no
order by
    connector.max_power_kw desc nulls last,
    connector.evse_uid,
    connector.connector_id,
    offer_row.payment_method,
    tariff.tariff_id
limit $limit;
