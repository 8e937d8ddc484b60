-- A fifth of the tariffs changed every day of a year; one connector of twenty named two others before.
insert into mart.connector by name
select
    number as connector_no,
    location_no,
    feed,
    country_code,
    party_id,
    location_id,
    evse_uid,
    connector_id,
    power_class,
    ['T' || tariff] as tariff_ids,
    $begin as first_seen_at,
    $begin + to_days(365) as last_seen_at,
    changed_at,
from temp.connector
order by location_no;

insert into mart.link_version by name
select
    feed,
    country_code,
    party_id,
    location_id,
    evse_uid,
    connector_id,
    ['T' || (tariff + 2 - turn) % $tariffs] as tariff_ids,
    $begin + to_days((120 * turn)::integer) as valid_from,
    if(turn < 2, $begin + to_days((120 * turn + 120)::integer), null) as valid_to,
from temp.connector
cross join range(3) as turns(turn)
where number % 20 = 0
order by feed, country_code, party_id, location_id, evse_uid, connector_id, valid_from;

insert into mart.price_list by name
select
    sha256(i::varchar) as content_hash,
    json_object(
        'currency', 'EUR',
        'elements', list_transform(
            ['06:00', '12:00', '18:00'],
            lambda begin: {
                'price_components': [
                    {'dimension': 'ENERGY', 'price': (i % 600 / 1000)::varchar, 'vat': '0.19'},
                    {'dimension': 'TIME', 'price': (i % 7 / 100)::varchar, 'vat': '0.19'}
                ],
                'restrictions': {'start_time': begin, 'end_time': '20:00', 'min_duration': 7200}
            }
        )
    ) as price_list,
    'EUR' as currency,
    'NET' as price_basis,
    i % 600 / 1000 as least_energy_price,
    i % 700 / 1000 as most_energy_price,
from range($price_lists) as lists(i)
order by content_hash;

insert into mart.tariff_version by name
select
    'feed_' || (party % 40) as feed,
    $countries[party % 30 + 1][:2] as country_code,
    'P' || party as party_id,
    'T' || tariff as tariff_id,
    't' || tariff as tariff_key,
    content_hash,
    'AD_HOC_PAYMENT' as tariff_type,
    price_list.currency,
    price_list.price_basis,
    price_list.least_energy_price,
    price_list.most_energy_price,
    $begin + to_days(day::integer) as valid_from,
    if(tariff % 5 = 0 and day < 364, $begin + to_days((day + 1)::integer), null) as valid_to,
from range($parties) as parties(party)
cross join range($tariffs) as tariffs(tariff)
cross join range(365) as days(day)
inner join mart.price_list as price_list
    on content_hash = sha256(((party * 50 + tariff + 977 * day) % $price_lists)::varchar)
where day = 0 or tariff % 5 = 0
order by feed, country_code, party_id, tariff_id, valid_from;

insert into mart.snapshot
values ('made_up', $version, $begin, true, 'benchmark');
