-- Every offer that a comparison may show, in no order. An EVSE that several feeds have is there once: of the preferred
-- feed, or, where that one's price is doubtful, of another. power_w: -1 where it is not stated. is_dc: AC up to
-- 22 kW is a class of its own, nothing from 50 kW on is AC; between them, and where no power is known, the plug tells.
select
    rowid::integer as offer_no,
    location_no::integer as location_no,
    connector_no::integer as connector_no,
    named_no::integer as named_no,
    coalesce(quote_no, -1) as quote_no,
    payment_method,
    payment_certainty is not distinct from 'likely' as is_likely,
    flags,
    preferred_feed is null as is_preferred,
    coalesce(is_preferred_doubtful, false) as is_preferred_doubtful,
    coalesce(round(max_power_kw * 1000)::integer, -1) as power_w,
    connector_standard,
    power_class,
    coalesce(
        power_class in ('dc', 'hpc')
        or power_class is distinct from 'ac'
        and regexp_matches(connector_standard, 'COMBO|CHADEMO|CHAOJI|_DC$|TESLA|NACS|J3400|PANTOGRAPH'),
        false
    ) as is_dc,
    epoch_us(changed_at) as changed_us,
    epoch_us(last_seen_at) as last_seen_us,
from mart.offer_row
where preferred_feed is null or is_preferred_doubtful;
