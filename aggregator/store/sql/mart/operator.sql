insert into mart.operator by name
with placed as (
    select
        location.feed,
        location.country_code,
        location.party_id,
        site.operator,
        any_value(site.operator_group) as operator_group,
        site.operator_name,
        count(*) as locations,
    from temp.site as site
    inner join temp.current_location as location using (location_no)
    group by
        location.feed,
        location.country_code,
        location.party_id,
        site.operator,
        site.operator_name
),
connector as (
    select
        feed,
        country_code,
        party_id,
        operator,
        operator_name,
        bool_or(state in ('priced', 'free')) as is_priced,
    from mart.offer
    group by
        feed,
        country_code,
        party_id,
        operator,
        operator_name,
        location_id,
        evse_uid,
        connector_id
),
priced as (
    select
        feed,
        country_code,
        party_id,
        operator,
        operator_name,
        count(*) as connectors,
        count(*) filter (where is_priced) as priced_connectors,
    from connector
    group by feed, country_code, party_id, operator, operator_name
)
select
    placed.feed,
    placed.country_code,
    placed.party_id,
    placed.operator,
    placed.operator_group,
    placed.operator_name,
    placed.locations,
    coalesce(priced.connectors, 0) as connectors,
    coalesce(priced.priced_connectors, 0) as priced_connectors,
from placed
left join priced
    on priced.feed = placed.feed
    and priced.country_code = placed.country_code
    and priced.party_id = placed.party_id
    and priced.operator is not distinct from placed.operator
    and priced.operator_name = placed.operator_name
order by placed.feed, placed.country_code, placed.party_id, placed.operator_name;
