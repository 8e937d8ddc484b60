-- In the order of temp.offer_key; 3 % of the offers have no price.
insert into mart.location by name
select
    location_no,
    cell,
    'feed_' || (party % 40) as feed,
    $countries[party % 30 + 1][:2] as country_code,
    'P' || party as party_id,
    'L' || lpad(site::varchar, 7, '0') as location_id,
    'Town ' || town || ', ' || site % 90 as name,
    'operator_' || party as operator,
    'Operator ' || party as operator_name,
    'Street ' || site % 90 as address,
    'Town ' || town as city,
    country,
    'agrees' as country_match,
    'Region ' || town % 12 as region_1,
    latitude,
    longitude,
    'Europe/' || country as time_zone,
    $begin as first_seen_at,
    $begin + to_days(365) as last_seen_at,
    $begin as changed_at,
from temp.place
order by location_no;

-- Half of them stand for a tariff that nobody publishes. price: what is 0.25 in euro is several times
-- as much in most other money.
insert into mart.offered_tariff by name
select
    2 * (party * $tariffs + tariff) + way as named_no,
    'T' || tariff as tariff_id,
    if(way = 1, null, sha256((party * 50 + tariff)::varchar)) as content_hash,
    'AD_HOC_PAYMENT' as tariff_type,
    if(way = 1, null, $currencies[party % 30 + 1]) as currency,
    if(way = 1, 'tariff_not_in_feed', null) as missing_because,
    false as synthetic,
from range($parties) as parties(party)
cross join range($tariffs) as tariffs(tariff)
cross join range(2) as ways(way)
order by named_no;

insert into mart.headline by name
select
    3 * (party * $tariffs + tariff) + session as quote_no,
    ['ac', 'dc', 'hpc'][session + 1] as session_code,
    $currencies[party % 30 + 1] as currency,
    'priced' as state,
    case
        when pick(party, tariff, 100) < 11 then 'net'
        when pick(party, tariff, 100) < 18 then 'unknown'
        else 'gross'
    end as tax_basis,
    (250 + pick(party, tariff, 600)) / 1000
    * if(currency in ('EUR', 'GBP', 'CHF'), 1, 8) as price_per_kwh,
    price_per_kwh * 20 + tariff % 7 as session_ac_total,
    price_per_kwh * 30 + tariff % 5 as session_dc_total,
    price_per_kwh * 40 + tariff % 3 as session_hpc_total,
from range($parties) as parties(party)
cross join range($tariffs) as tariffs(tariff)
cross join range(3) as sessions(session)
order by quote_no;

insert into mart.offer_row by name
select
    location_no,
    number as connector_no,
    false as is_preferred_doubtful,
    2 * (party * $tariffs + tariff) + is_unpriced::integer as named_no,
    if(
        is_unpriced,
        null,
        3 * (party * $tariffs + tariff) + list_position(['ac', 'dc', 'hpc'], session_code) - 1
    ) as quote_no,
    payment_method,
    if(is_unpriced, null, 'yes') as payment_certainty,
    preferred_feed,
    country,
    'Region ' || town % 12 as region_1,
    power_class,
    case power_class
        when 'ac' then if(power % 2 = 0, 11, 22)
        when 'mid' then 43
        when 'dc' then if(power % 2 = 0, 50, 100)
        else if(power % 2 = 0, 150, 300)
    end as max_power_kw,
    if(power < 13, 'IEC_62196_T2', 'IEC_62196_T2_COMBO') as connector_standard,
    changed_at,
    $begin + to_days(365) as last_seen_at,
from temp.offer_key;
