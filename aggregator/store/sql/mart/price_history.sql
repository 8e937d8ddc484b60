insert into mart.price_list by name
with listed as (
    select
        content_hash,
        any_value(price_list) as price_list,
        any_value(currency) as currency,
        any_value(price_basis) as price_basis,
    from warehouse.core.tariff
    group by content_hash
),
asked as (
    select
        content_hash,
        unnest(
            price_list -> '$.elements[*].price_components[*]'
        ) as component,
    from listed
),
energy as (
    select
        content_hash,
        min((component ->> 'price')::decimal(38, 12)) as least,
        max((component ->> 'price')::decimal(38, 12)) as most,
    from asked
    where component ->> 'dimension' = 'ENERGY'
    group by content_hash
)
select
    listed.content_hash,
    listed.price_list,
    listed.currency,
    listed.price_basis,
    try_cast(energy.least as decimal(18, 6)) as least_energy_price,
    try_cast(energy.most as decimal(18, 6)) as most_energy_price,
from listed
left join energy using (content_hash)
order by listed.content_hash;

insert into mart.tariff_version by name
select
    tariff.feed,
    tariff.country_code,
    tariff.party_id,
    tariff.tariff_id,
    lower(tariff.tariff_id) as tariff_key,
    tariff.content_hash,
    tariff.tariff_type,
    price_list.currency,
    price_list.price_basis,
    price_list.least_energy_price,
    price_list.most_energy_price,
    tariff.start_date_time,
    tariff.end_date_time,
    tariff.operator_last_updated,
    tariff.valid_from,
    tariff.valid_to,
from warehouse.core.tariff as tariff
inner join mart.price_list as price_list using (content_hash)
order by tariff.feed, tariff.country_code, tariff.party_id, tariff.tariff_id, tariff.valid_from;

-- Connectors that named other tariffs before, or are no longer shown. Versions that differ in
-- something else only are one here, unless there is time between them.
insert into mart.link_version by name
with several as (
    select feed, country_code, party_id, location_id, evse_uid, connector_id
    from warehouse.core.connector
    where valid_to is not null
    union
    select feed, country_code, party_id, location_id, evse_uid, connector_id
    from warehouse.core.connector
    anti join mart.connector
        using (feed, country_code, party_id, location_id, evse_uid, connector_id)
),
version as (
    select
        feed,
        country_code,
        party_id,
        location_id,
        evse_uid,
        connector_id,
        tariff_ids,
        valid_from,
        valid_to,
        tariff_ids is distinct from lag(tariff_ids) over each
        or valid_from is distinct from lag(valid_to) over each as is_other,
    from warehouse.core.connector
    semi join several using (feed, country_code, party_id, location_id, evse_uid, connector_id)
    window each as (
        partition by feed, country_code, party_id, location_id, evse_uid, connector_id
        order by valid_from
    )
),
numbered as (
    select
        *,
        count(*) filter (where is_other) over (
            partition by feed, country_code, party_id, location_id, evse_uid, connector_id
            order by valid_from
        ) as number,
    from version
)
select
    feed,
    country_code,
    party_id,
    location_id,
    evse_uid,
    connector_id,
    any_value(tariff_ids) as tariff_ids,
    min(valid_from) as valid_from,
    if(count(*) = count(valid_to), max(valid_to), null) as valid_to,
from numbered
group by feed, country_code, party_id, location_id, evse_uid, connector_id, number
qualify
    count(*) over (
        partition by feed, country_code, party_id, location_id, evse_uid, connector_id
    ) > 1
    or (feed, country_code, party_id, location_id, evse_uid, connector_id) not in (
        select (feed, country_code, party_id, location_id, evse_uid, connector_id)
        from mart.connector
    )
order by feed, country_code, party_id, location_id, evse_uid, connector_id, valid_from;

-- A version begins with a change or a return, and ends with nothing behind it: then the tariff is gone.
insert into mart.price_change by name
with version as (
    select
        *,
        lag(content_hash) over each as hash_before,
        lag(valid_to) over each as valid_to_before,
        lead(valid_from) over each as valid_from_behind,
    from mart.tariff_version
    window each as (
        partition by feed, country_code, party_id, tariff_id
        order by valid_from
    )
),
change as (
    select
        feed,
        country_code,
        party_id,
        tariff_id,
        valid_from as changed_at,
        case
            when hash_before is null then 'new'
            when valid_to_before < valid_from then 'returned'
            else 'changed'
        end as change,
        hash_before as content_hash_before,
        content_hash as content_hash_after,
    from version
    where hash_before is distinct from content_hash or valid_to_before < valid_from
    union all by name
    select
        feed,
        country_code,
        party_id,
        tariff_id,
        valid_to as changed_at,
        'ended' as change,
        content_hash as content_hash_before,
    from version
    where valid_to is not null and valid_from_behind is distinct from valid_to
)
select
    change.*,
    before.currency as currency_before,
    after.currency as currency_after,
    before.price_basis as price_basis_before,
    after.price_basis as price_basis_after,
    before.least_energy_price as least_energy_price_before,
    after.least_energy_price as least_energy_price_after,
    before.most_energy_price as most_energy_price_before,
    after.most_energy_price as most_energy_price_after,
from change
left join mart.price_list as before on before.content_hash = change.content_hash_before
left join mart.price_list as after on after.content_hash = change.content_hash_after
order by change.changed_at desc, change.feed, change.party_id, change.tariff_id;
