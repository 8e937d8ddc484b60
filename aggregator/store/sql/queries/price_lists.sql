-- Price lists by their digest, as JSON.
select content_hash, any_value(price_list)::varchar as price_list
from mart.tariff
where list_contains($content_hashes::varchar[], content_hash)
group by content_hash;
