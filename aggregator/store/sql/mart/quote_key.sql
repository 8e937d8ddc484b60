-- What has to be priced: each distinct price list, time zone and reference session once, what is
-- asked of one price list together.
select
    asked.content_hash,
    asked.time_zone,
    asked.session_code,
    tariff.price_list,
from (
    select distinct named_tariff.content_hash, location.time_zone, connector.session_code
    from temp.link as link
    inner join temp.named_tariff as named_tariff using (named_no)
    inner join temp.current_location as location using (location_no)
    inner join temp.current_connector as connector using (connector_no)
    where link.is_valid
) as asked
inner join (
    select content_hash, any_value(price_list) as price_list
    from core.tariff
    group by content_hash
) as tariff using (content_hash)
order by asked.content_hash, asked.time_zone, asked.session_code;
