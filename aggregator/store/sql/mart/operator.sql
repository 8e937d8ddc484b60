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
        offer_row.location_no,
        offer_row.connector_no,
        bool_or(headline.state in ('priced', 'free')) as is_priced,
    from mart.offer_row as offer_row
    left join mart.headline as headline using (quote_no)
    group by offer_row.location_no, offer_row.connector_no
),
priced as (
    select
        location.feed,
        location.country_code,
        location.party_id,
        location.operator,
        location.operator_name,
        count(*) as connectors,
        count(*) filter (where connector.is_priced) as priced_connectors,
    from connector
    inner join mart.location as location using (location_no)
    group by
        location.feed,
        location.country_code,
        location.party_id,
        location.operator,
        location.operator_name
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
