-- temp.connector: one row per connector of the made-up Europe, three or four to an EVSE.
-- pick: a number below `many` that only depends on what it is picked for.
create temp macro pick(which, purpose, many) as (hash(which, purpose) % many)::integer;

create temp table evse as
with town as (
    select
        i as town,
        floor(30 * (i / 2000) ** 2)::integer as place,
        36 + pick(i, 'latitude', 10007) * 33 / 10007 as latitude,
        -9 + pick(i, 'longitude', 10007) * 39 / 10007 as longitude,
    from range(2000) as numbers(i)
),
site as (
    select
        i as site,
        pick(i, 'town', 2000) as town,
        (pick(i, 'north', 1009) + pick(i, 'more north', 1009) - 1009) * 0.08 / 1009 as north,
        (pick(i, 'east', 1009) + pick(i, 'more east', 1009) - 1009) * 0.12 / 1009 as east,
    from range(floor($evses / 2.75)::bigint + 1) as numbers(i)
)
select
    i as evse,
    site.site,
    town.town,
    $countries[town.place + 1] as country,
    town.place + 30 * pick(site.site, 'party', 10) as party,
    town.latitude + site.north as latitude,
    town.longitude + site.east as longitude,
    pick(i, 'power', 20) as power,
    case
        when power < 11 then 'ac'
        when power < 13 then 'mid'
        when power < 17 then 'dc'
        else 'hpc'
    end as power_class,
    if(pick(i, 'twice', 25) = 0, 'feed_other', null) as preferred_feed,
from range($evses) as numbers(i)
inner join site on site.site = floor(i / 2.75)
inner join town using (town);

create temp table place as
select
    *,
    (floor((latitude + 90) * 10) * 3600 + floor((longitude + 180) * 10))::integer as cell,
    row_number() over (order by country, cell, site) as location_no,
from (select distinct site, town, country, party, latitude, longitude from evse);

create temp table connector as
select
    row_number() over () as number,
    place.location_no,
    evse.*,
    if(power_class = 'mid', 'ac', power_class) as session_code,
    pick(evse.evse, plug, $tariffs) as tariff,
    'feed_' || (party % 40) as feed,
    $countries[party % 30 + 1][:2] as country_code,
    'P' || party as party_id,
    'L' || lpad(site::varchar, 7, '0') as location_id,
    'E' || evse.evse as evse_uid,
    plug::varchar as connector_id,
    $begin + to_days((number % 365)::integer) as changed_at,
from evse
inner join (select site, location_no from place) as place using (site)
cross join range(1, 5) as plugs(plug)
where plug < 4 or evse.evse % 10 < 7;
