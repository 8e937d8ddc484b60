-- temp.named_tariff: what each distinct tariff that connectors name stands for, each once.
-- A tariff is looked up under the connector's own party and exact id, then within the feed whatever
-- the case of the letters (OCPI's ids are CiStrings), under the same party of any country, or where
-- one side states no party (ZZZ: formats/defaults.py); then in the feeds that the feed file allows
-- (tariffs_from), whatever the party. Never where more than one tariff would do.
-- lacks_rate: its prices are proven to be net, and some state no rate of VAT.
-- missing_because: why there is no tariff that is valid now; null where there is one.
create or replace temp table named_tariff as
with wanted as (
    select distinct
        feed,
        country_code,
        party_id,
        unnest(if(len(tariff_ids) = 0, [null::varchar], tariff_ids)) as tariff_id,
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
    from own
    inner join core.tariff as tariff
        on tariff.feed = own.feed
        and lower(tariff.tariff_id) = lower(own.tariff_id)
        and tariff.valid_to is null
        and (tariff.party_id in (own.party_id, 'ZZZ') or own.party_id = 'ZZZ')
    where own.tariff_row is null
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
)
select
    row_number() over () as named_no,
    found.* exclude (candidates),
    case
        when found.tariff_id is null then 'no_tariff_id'
        when found.tariff_row is null and found.candidates > 1 then 'ambiguous_tariff'
        when found.tariff_row is null then 'tariff_not_in_feed'
        when tariff.start_date_time > $now then 'tariff_not_yet_valid'
        when tariff.end_date_time <= $now then 'tariff_expired'
    end as missing_because,
    tariff.feed as tariff_feed,
    tariff.tariff_type,
    tariff.currency,
    tariff.content_hash,
    tariff.alt_text,
    case
        when tariff.price_basis = 'NET' and tariff.feed in (select feed from temp.net_feed)
            then len(tariff.price_list -> '$.elements[*].price_components[*].vat_rate')
                < len(tariff.price_list -> '$.elements[*].price_components[*].dimension')
        else false
    end as lacks_rate,
    tariff.operator_last_updated as tariff_last_updated,
    tariff.valid_from as tariff_changed_at,
from found
left join core.tariff as tariff on tariff.rowid = found.tariff_row;
