-- The price lists of these contents, as they were read: one row per content.
select
    content_hash,
    any_value(price_list)::varchar as price_list,
from mart.tariff
where content_hash in (select unnest($content_hashes::varchar[]))
group by content_hash
order by content_hash;
