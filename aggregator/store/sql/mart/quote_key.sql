-- What has to be priced: each distinct price list, time zone and reference session once.
select distinct
    link.content_hash,
    link.time_zone,
    link.session_code,
    tariff.price_list,
from temp.link
inner join (
    select content_hash, any_value(price_list) as price_list
    from core.tariff
    group by content_hash
) as tariff using (content_hash)
where link.missing_because is null;
