insert into mart.tariff by name
select
    tariff.feed,
    tariff.country_code,
    tariff.party_id,
    tariff.tariff_id,
    tariff.tariff_type,
    tariff.currency,
    tariff.price_basis,
    tariff.price_list,
    tariff.content_hash,
    tariff.alt_text,
    tariff.alt_url,
    tariff.start_date_time,
    tariff.end_date_time,
    tariff.operator_last_updated,
    tariff.first_seen_at,
    greatest(tariff.valid_from, coalesce(module.all_seen_at, tariff.valid_from)) as last_seen_at,
    tariff.valid_from as changed_at,
from warehouse.core.tariff as tariff
left join warehouse.core.module as module
    on module.feed = tariff.feed and module.module = 'tariffs'
where tariff.valid_to is null
order by tariff.feed, tariff.country_code, tariff.party_id, tariff.tariff_id;
