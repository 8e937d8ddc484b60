-- What one connector was charged by since it was first seen: one row per tariff it named and version of
-- that tariff, from when to when (UTC) both held; valid_to null: still. Energy prices are in the currency
-- per kWh, as stated (price_basis); the whole list is in mart.price_list. A tariff is looked up under the connector's own
-- party and exact id, else within its feed whatever the case of the letters, under the same party of any
-- country or where one side states no party (ZZZ), where only one would do. Tariffs that another feed
-- publishes are not found.
with link as (
    select true as is_past, tariff_ids, valid_from, valid_to
    from mart.link_version
    where
        feed = $feed
        and country_code = $country_code
        and party_id = $party_id
        and location_id = $location_id
        and evse_uid = $evse_uid
        and connector_id = $connector_id
    union all
    select false as is_past, tariff_ids, first_seen_at as valid_from, null as valid_to
    from mart.connector
    where
        location_no = (
            select location_no
            from mart.location
            where
                feed = $feed
                and country_code = $country_code
                and party_id = $party_id
                and location_id = $location_id
        )
        and evse_uid = $evse_uid
        and connector_id = $connector_id
),
named as materialized (
    select unnest(list_distinct(tariff_ids)) as named_id, valid_from, valid_to
    from link
    qualify is_past or not bool_or(is_past) over ()
),
meant as (
    select
        named.named_id,
        version.*,
        version.country_code = $country_code
        and version.party_id = $party_id
        and version.tariff_id = named.named_id as is_own,
    from (select distinct named_id from named) as named
    inner join mart.tariff_version as version on version.tariff_key = lower(named.named_id)
    where
        version.feed = $feed
        and (version.party_id in ($party_id, 'ZZZ') or $party_id = 'ZZZ')
    qualify
        is_own
        or not bool_or(is_own) over (partition by named.named_id)
        and 1 = count(distinct (version.country_code, version.party_id, version.tariff_id))
            over (partition by named.named_id)
)
select
    meant.named_id as tariff_id,
    greatest(named.valid_from, meant.valid_from) as valid_from,
    least(named.valid_to, meant.valid_to) as valid_to,
    meant.tariff_type,
    meant.start_date_time,
    meant.end_date_time,
    meant.currency,
    meant.price_basis,
    meant.least_energy_price,
    meant.most_energy_price,
    meant.content_hash,
from meant
inner join named
    on named.named_id = meant.named_id
    and (named.valid_to is null or meant.valid_from < named.valid_to)
    and (meant.valid_to is null or named.valid_from < meant.valid_to)
order by greatest(named.valid_from, meant.valid_from), meant.named_id;
