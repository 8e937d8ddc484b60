-- temp.link: one row per shown connector and tariff it names; one with tariff_id null for none.
-- A tariff is looked up under the connector's own party and exact id, then within the feed whatever
-- the case of the letters (OCPI's ids are CiStrings), under the same party of any country, or where
-- one side states no party (ZZZ: formats/defaults.py); then in the feeds that the feed file allows
-- (tariffs_from), whatever the party. Never where more than one tariff would do.
-- Tariffs that are not valid now are left out where the connector has one that is.
create or replace temp table link as
with wanted as (
    select
        feed,
        country_code,
        party_id,
        location_id,
        evse_uid,
        connector_id,
        capabilities,
        power_class,
        power_type,
        unnest(
            case when len(tariff_ids) = 0 then [null::varchar] else tariff_ids end
        ) as tariff_id,
    from temp.current_connector
),
own as (
    select wanted.*, tariff.rowid as tariff_row
    from wanted
    left join core.tariff as tariff
        on tariff.feed = wanted.feed
        and tariff.country_code = wanted.country_code
        and tariff.party_id = wanted.party_id
        and tariff.tariff_id = wanted.tariff_id
        and tariff.valid_to is null
),
related as (
    select
        own.feed,
        own.country_code,
        own.party_id,
        own.tariff_id,
        count(*) as candidates,
        any_value(tariff.rowid) as tariff_row,
    from (
        select distinct feed, country_code, party_id, tariff_id
        from own
        where tariff_row is null and tariff_id is not null
    ) as own
    inner join core.tariff as tariff
        on tariff.feed = own.feed
        and lower(tariff.tariff_id) = lower(own.tariff_id)
        and tariff.valid_to is null
        and (tariff.party_id in (own.party_id, 'ZZZ') or own.party_id = 'ZZZ')
    group by own.feed, own.country_code, own.party_id, own.tariff_id
),
elsewhere as (
    select
        own.feed,
        own.tariff_id,
        count(*) as candidates,
        any_value(tariff.rowid) as tariff_row,
    from (
        select distinct own.feed, own.tariff_id, allowed.other
        from own
        inner join (
            select feed, unnest(tariffs_from) as other
            from core.feed
        ) as allowed using (feed)
        where own.tariff_row is null and own.tariff_id is not null
    ) as own
    inner join core.tariff as tariff
        on tariff.feed = own.other
        and lower(tariff.tariff_id) = lower(own.tariff_id)
        and tariff.valid_to is null
    group by own.feed, own.tariff_id
),
found as (
    select
        own.* exclude (tariff_row),
        case
            when own.tariff_row is not null then own.tariff_row
            when related.candidates = 1 then related.tariff_row
            when related.candidates is null and elsewhere.candidates = 1 then elsewhere.tariff_row
        end as tariff_row,
        coalesce(related.candidates, elsewhere.candidates) as candidates,
    from own
    left join related using (feed, country_code, party_id, tariff_id)
    left join elsewhere
        on elsewhere.feed = own.feed
        and elsewhere.tariff_id = own.tariff_id
),
dated as (
    select
        found.*,
        case
            when found.tariff_id is null then 'no_tariff_id'
            when found.tariff_row is null and found.candidates > 1 then 'ambiguous_tariff'
            when found.tariff_row is null then 'tariff_not_in_feed'
            when tariff.start_date_time > $now then 'tariff_not_yet_valid'
            when tariff.end_date_time <= $now then 'tariff_expired'
        end as missing_because,
    from found
    left join core.tariff as tariff on tariff.rowid = found.tariff_row
)
select
    dated.* exclude (tariff_row, candidates),
    tariff.feed as tariff_feed,
    tariff.tariff_type,
    tariff.currency,
    tariff.price_basis,
    tariff.content_hash,
    tariff.operator_last_updated as tariff_last_updated,
    tariff.valid_from as tariff_changed_at,
    place.time_zone,
    case
        when dated.power_class = 'mid' then 'ac'
        when dated.power_class is not null then dated.power_class
        when dated.power_type = 'DC' then 'dc'
        else 'ac'
    end as session_code,
from dated
left join core.tariff as tariff on tariff.rowid = dated.tariff_row
inner join core.location as location
    on location.feed = dated.feed
    and location.country_code = dated.country_code
    and location.party_id = dated.party_id
    and location.location_id = dated.location_id
    and location.valid_to is null
left join temp.place as place
    on place.stated_time_zone is not distinct from location.time_zone
    and place.latitude is not distinct from location.latitude::double
    and place.longitude is not distinct from location.longitude::double
qualify
    dated.missing_because is null
    or not bool_or(dated.missing_because is null) over (
        partition by
            dated.feed,
            dated.country_code,
            dated.party_id,
            dated.location_id,
            dated.evse_uid,
            dated.connector_id
    );
