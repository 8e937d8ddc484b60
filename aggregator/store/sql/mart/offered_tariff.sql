insert into mart.offered_tariff by name
with refused as (
    select distinct feed, object_id
    from warehouse.core.rejection
    where object_type = 'tariff' and reason_code <> 'duplicate_id' and is_current
)
select
    named_tariff.named_no,
    named_tariff.tariff_id,
    if(named_tariff.missing_because is null, named_tariff.content_hash, null) as content_hash,
    named_tariff.tariff_type,
    named_tariff.currency,
    case
        when named_tariff.missing_because = 'tariff_not_in_feed' and refused.object_id is not null
            then 'tariff_refused'
        else named_tariff.missing_because
    end as missing_because,
    named_tariff.tariff_last_updated as operator_last_updated,
    named_tariff.tariff_changed_at as changed_at,
    price_feed.licence,
    price_feed.source_url,
    coalesce(price_feed.synthetic, false) as synthetic,
from temp.named_tariff as named_tariff
left join refused
    on refused.feed = named_tariff.feed and refused.object_id = named_tariff.tariff_id
-- A price that another feed publishes (tariffs_from) is named with that feed too.
left join warehouse.core.feed as price_feed
    on price_feed.feed = named_tariff.tariff_feed
    and price_feed.feed <> named_tariff.feed
order by named_tariff.named_no;
