insert into mart.operator by name
with named as (
    select feed, country_code, party_id, mode(operator_name) as operator_name, count(*) as locations
    from warehouse.core.location
    where valid_to is null and publish
    group by feed, country_code, party_id
),
priced as (
    select
        feed,
        country_code,
        party_id,
        count(*) as connectors,
        count(*) filter (where priced) as priced_connectors,
    from (
        select
            feed,
            country_code,
            party_id,
            location_id,
            evse_uid,
            connector_id,
            bool_or(state in ('priced', 'free')) as priced,
        from mart.offer
        group by all
    )
    group by feed, country_code, party_id
)
select
    named.feed,
    named.country_code,
    named.party_id,
    known.operator,
    known.operator_group,
    coalesce(known.name, named.operator_name, named.country_code || '*' || named.party_id) as operator_name,
    named.locations,
    coalesce(priced.connectors, 0) as connectors,
    coalesce(priced.priced_connectors, 0) as priced_connectors,
from named
left join priced using (feed, country_code, party_id)
left join temp.known_operator as known
    on known.country_code = named.country_code
    and known.party_id = named.party_id
    and known.stated_name is not distinct from named.operator_name
order by named.feed, named.country_code, named.party_id;
