-- In the order of temp.offer_key, which the joins keep where they are done as they are written.
insert into mart.offer_row by name
with placed as (
    select
        location.location_no,
        location.country_match = 'disagrees' as is_elsewhere,
        feed.stale_since is not null as is_stale,
    from temp.current_location as location
    inner join mart.feed as feed using (feed)
)
select
    offer_key.location_no,
    offer_key.connector_no,
    offer_key.named_no,
    offer_key.quote_no,
    offer_key.payment_method,
    offer_key.payment_certainty,
    nullif(
        concat_ws(
            ' ',
            named_flag.flags,
            if(tariff.missing_because = 'tariff_expired', 'expired', null),
            if(outlier.quote_no is not null, 'outlier', null),
            if(placed.is_elsewhere, 'country_disagrees', null),
            if(placed.is_stale, 'stale', null)
        ),
        ''
    ) as flags,
    evse_match.preferred_feed,
    false as is_preferred_doubtful,
    offer_key.country,
    offer_key.region_1,
    offer_key.power_class,
    offer_key.max_power_kw,
    offer_key.connector_standard,
    greatest(offer_key.changed_at, coalesce(tariff.changed_at, offer_key.changed_at)) as changed_at,
    offer_key.last_seen_at,
from temp.offer_key as offer_key
left join placed using (location_no)
left join mart.offered_tariff as tariff using (named_no)
left join temp.named_flag as named_flag
    on named_flag.named_no = offer_key.named_no
    and named_flag.country is not distinct from offer_key.tax_country
left join temp.outlier as outlier
    on outlier.quote_no = offer_key.quote_no
    and outlier.country = offer_key.country
    and outlier.power_class = offer_key.power_class
left join temp.matched_connector as evse_match using (connector_no);
