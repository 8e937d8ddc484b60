-- Sorted by what people choose first: sorting is the index.
insert into mart.offer by name
with refused as (
    select distinct feed, object_id
    from warehouse.core.rejection
    where object_type = 'tariff' and reason_code <> 'duplicate_id'
),
operator_name as (
    select feed, country_code, party_id, mode(operator_name) as operator_name
    from warehouse.core.location
    where valid_to is null
    group by feed, country_code, party_id
),
priced as (
    select
        link.*,
        quote.* exclude (content_hash, time_zone, session_code, state, state_reason),
        coalesce(quote.state, 'unknown') as state,
        case
            when link.missing_because = 'tariff_not_in_feed' and refused.object_id is not null
                then 'tariff_refused'
            else coalesce(link.missing_because, quote.state_reason)
        end as state_reason,
    from temp.link as link
    left join temp.quote as quote
        on quote.content_hash = link.content_hash
        and quote.time_zone is not distinct from link.time_zone
        and quote.session_code = link.session_code
        and link.missing_because is null
    left join refused on refused.feed = link.feed and refused.object_id = link.tariff_id
)
select
    connector.feed,
    connector.country_code,
    connector.party_id,
    coalesce(
        location.operator_name,
        operator_name.operator_name,
        connector.country_code || '*' || connector.party_id
    ) as operator_name,
    connector.location_id,
    location.name as location_name,
    connector.evse_uid,
    connector.evse_id,
    connector.connector_id,
    connector.standard as connector_standard,
    connector.power_type,
    connector.max_power_kw,
    connector.power_class,
    location.latitude,
    location.longitude,
    location.country,
    location.city,
    location.address,
    location.postal_code,
    priced.time_zone,
    priced.tariff_id,
    if(priced.missing_because is null, priced.content_hash, null) as content_hash,
    priced.tariff_type,
    payment.payment_method,
    payment.payment_certainty,
    priced.state,
    priced.state_reason,
    priced.currency,
    priced.tax_basis,
    priced.price_per_kwh,
    priced.price_per_minute,
    priced.parking_price_per_minute,
    priced.start_fee,
    priced.price_varies,
    priced.fee_after_minutes,
    priced.session_ac_total,
    priced.session_dc_total,
    priced.session_hpc_total,
    coalesce(priced.tariff_last_updated, connector.operator_last_updated) as operator_last_updated,
    connector.first_seen_at,
    connector.last_seen_at,
    greatest(connector.changed_at, coalesce(priced.tariff_changed_at, connector.changed_at))
        as changed_at,
    nullif(concat_ws('; ', feed.licence, price_feed.licence), '') as licence,
    nullif(concat_ws('; ', feed.source_url, price_feed.source_url), '') as source_url,
    feed.synthetic or coalesce(price_feed.synthetic, false) as synthetic,
from priced
inner join temp.current_connector as connector
    using (feed, country_code, party_id, location_id, evse_uid, connector_id)
inner join warehouse.core.location as location
    on location.feed = connector.feed
    and location.country_code = connector.country_code
    and location.party_id = connector.party_id
    and location.location_id = connector.location_id
    and location.valid_to is null
inner join warehouse.core.feed as feed on feed.feed = connector.feed
-- A price that another feed publishes (tariffs_from) is named with that feed too.
left join warehouse.core.feed as price_feed
    on price_feed.feed = priced.tariff_feed
    and price_feed.feed <> connector.feed
left join operator_name
    on operator_name.feed = connector.feed
    and operator_name.country_code = connector.country_code
    and operator_name.party_id = connector.party_id
left join temp.payment as payment
    on priced.missing_because is null
    and payment.capabilities = priced.capabilities
    and payment.tariff_type is not distinct from priced.tariff_type
    and payment.is_free = (priced.state = 'free')
order by location.country, payment.payment_method, connector.power_class, connector.feed;
