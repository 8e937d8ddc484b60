-- In the order of temp.offer_key, which the joins keep where they are done as they are written.
insert into mart.offer by name
with refused as (
    select distinct feed, object_id
    from warehouse.core.rejection
    where object_type = 'tariff' and reason_code <> 'duplicate_id' and is_current
),
named as (
    select
        named_tariff.*,
        price_feed.licence,
        price_feed.source_url,
        price_feed.synthetic,
        case
            when named_tariff.missing_because = 'tariff_not_in_feed' and refused.object_id is not null
                then 'tariff_refused'
            else named_tariff.missing_because
        end as unpriced_because,
    from temp.named_tariff as named_tariff
    left join refused
        on refused.feed = named_tariff.feed and refused.object_id = named_tariff.tariff_id
    -- A price that another feed publishes (tariffs_from) is named with that feed too.
    left join warehouse.core.feed as price_feed
        on price_feed.feed = named_tariff.tariff_feed
        and price_feed.feed <> named_tariff.feed
),
placed as (
    select
        location.* exclude (operator_name),
        site.operator,
        site.operator_name,
        feed.licence,
        feed.source_url,
        feed.synthetic,
        mart_feed.stale_since is not null as is_stale,
    from temp.current_location as location
    inner join temp.site as site using (location_no)
    inner join warehouse.core.feed as feed using (feed)
    inner join mart.feed as mart_feed using (feed)
)
select
    placed.feed,
    placed.country_code,
    placed.party_id,
    placed.operator,
    placed.operator_name,
    placed.location_id,
    placed.name as location_name,
    connector.evse_uid,
    connector.evse_id,
    evse_match.preferred_feed,
    connector.connector_id,
    connector.standard as connector_standard,
    connector.power_type,
    connector.max_power_kw,
    connector.power_class,
    placed.latitude,
    placed.longitude,
    placed.country,
    placed.region_1,
    placed.region_2,
    placed.city,
    placed.address,
    placed.postal_code,
    placed.time_zone,
    named.tariff_id,
    if(named.missing_because is null, named.content_hash, null) as content_hash,
    named.tariff_type,
    offer_key.payment_method,
    offer_key.payment_certainty,
    offer_key.quote_no,
    coalesce(quote.state, 'unknown') as state,
    coalesce(named.unpriced_because, quote.state_reason) as state_reason,
    nullif(
        concat_ws(
            ' ',
            named_flag.flags,
            if(named.missing_because = 'tariff_expired', 'expired', null),
            if(outlier.quote_no is not null, 'outlier', null),
            if(placed.country_match = 'disagrees', 'country_disagrees', null),
            if(placed.is_stale, 'stale', null)
        ),
        ''
    ) as flags,
    named.currency,
    quote.tax_basis,
    quote.price_per_kwh,
    quote.price_per_minute,
    quote.parking_price_per_minute,
    quote.start_fee,
    quote.price_varies,
    quote.fee_after_minutes,
    quote.effective_price_per_kwh,
    quote.session_ac_total,
    quote.session_dc_total,
    quote.session_hpc_total,
    quote.session_idle_total,
    coalesce(named.tariff_last_updated, connector.operator_last_updated) as operator_last_updated,
    connector.first_seen_at,
    connector.last_seen_at,
    greatest(connector.changed_at, coalesce(named.tariff_changed_at, connector.changed_at))
        as changed_at,
    nullif(concat_ws('; ', placed.licence, named.licence), '') as licence,
    nullif(concat_ws('; ', placed.source_url, named.source_url), '') as source_url,
    placed.synthetic or coalesce(named.synthetic, false) as synthetic,
from temp.offer_key as offer_key
left join temp.current_connector as connector using (connector_no)
left join placed on placed.location_no = offer_key.location_no
left join named using (named_no)
left join temp.quote as quote on quote.quote_no = offer_key.quote_no
left join temp.named_flag as named_flag
    on named_flag.named_no = offer_key.named_no
    and named_flag.country is not distinct from offer_key.tax_country
left join temp.outlier as outlier
    on outlier.quote_no = offer_key.quote_no
    and outlier.country = offer_key.country
    and outlier.power_class = offer_key.power_class
left join temp.evse_match as evse_match
    on evse_match.location_no = offer_key.location_no
    and evse_match.evse_uid = connector.evse_uid
    and evse_match.relation = 'same';
