-- In the order of temp.offer_key; 3 % of the offers have no price.
insert into mart.offer by name
select
    feed,
    country_code,
    party_id,
    'operator_' || party as operator,
    'Operator ' || party as operator_name,
    location_id,
    'Town ' || town || ', ' || site % 90 as location_name,
    evse_uid,
    country_code || '*' || party_id || '*' || evse_uid as evse_id,
    preferred_feed,
    connector_id,
    if(power < 13, 'IEC_62196_T2', 'IEC_62196_T2_COMBO') as connector_standard,
    if(power < 13, 'AC_3_PHASE', 'DC') as power_type,
    case power_class
        when 'ac' then if(power % 2 = 0, 11, 22)
        when 'mid' then 43
        when 'dc' then if(power % 2 = 0, 50, 100)
        else if(power % 2 = 0, 150, 300)
    end as max_power_kw,
    power_class,
    latitude,
    longitude,
    country,
    'Region ' || town % 12 as region_1,
    'Town ' || town as city,
    'Street ' || site % 90 as address,
    'Europe/' || country as time_zone,
    'T' || tariff as tariff_id,
    if(chance < 3, null, sha256((party * 50 + tariff)::varchar)) as content_hash,
    'AD_HOC_PAYMENT' as tariff_type,
    payment_method,
    if(chance < 3, null, 'yes') as payment_certainty,
    if(chance < 3, 'unknown', 'priced') as state,
    if(chance < 3, 'tariff_not_in_feed', null) as state_reason,
    if(chance < 3, null, currency) as currency,
    case
        when chance < 3 then null
        when chance < 11 then 'net'
        when chance < 18 then 'unknown'
        else 'gross'
    end as tax_basis,
    if(chance < 3, null, price) as price_per_kwh,
    if(chance < 3, null, price * 20 + tariff % 7) as session_ac_total,
    if(chance < 3, null, price * 30 + tariff % 5) as session_dc_total,
    if(chance < 3, null, price * 40 + tariff % 3) as session_hpc_total,
    $begin as first_seen_at,
    $begin + to_days(365) as last_seen_at,
    $begin + to_days((number % 365)::integer) as changed_at,
    'CC0-1.0' as licence,
    true as synthetic,
from temp.offer_key;
