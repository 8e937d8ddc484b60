-- temp.evse_statement: what is stated about paying at each EVSE, its site, its operator and its tariffs.
-- freedom: 0 charges something, 2 charges nothing, 1 cannot be told.
-- site_capabilities: flags for cards alone; a site's other words say nothing about its other EVSEs.
-- $card_flags, $plug_flags: capabilities that say yes to cards and to Plug & Charge.
create or replace temp table evse_statement as
with site as (
    select
        location_no,
        list_intersect(
            list_sort($card_flags::varchar[]),
            list_distinct(flatten(list(distinct list_intersect(capabilities, $card_flags::varchar[]))))
        ) as site_capabilities,
        bool_and(len(capabilities) > 0) as is_site_known,
    from temp.bay
    group by location_no
),
operator as (
    select
        location.feed,
        location.country_code,
        location.party_id,
        bool_or(list_has_any(bay.capabilities, $card_flags::varchar[])) as operator_states_cards,
        bool_or(
            list_has_any(bay.capabilities, $plug_flags::varchar[])
            or list_has_any(bay.connector_capabilities, $plug_flags::varchar[])
        ) as operator_states_plug_and_charge,
    from temp.bay as bay
    inner join temp.current_location as location using (location_no)
    group by location.feed, location.country_code, location.party_id
),
priced as (
    select distinct
        connector.evse_no,
        offer_key.connector_no,
        named_tariff.tariff_type,
        case quote.state when 'priced' then 0 when 'free' then 2 else 1 end as freedom,
    from temp.offer_key as offer_key
    inner join temp.current_connector as connector using (connector_no)
    inner join temp.named_tariff as named_tariff using (named_no)
    inner join temp.quote as quote using (quote_no)
),
tariffs as (
    select
        evse_no,
        list_sort(list(distinct coalesce(tariff_type, ''))) as tariff_types,
        count(distinct connector_no) as priced_connectors,
        coalesce(
            min(freedom) filter (where tariff_type = 'AD_HOC_PAYMENT'),
            min(freedom) filter (where tariff_type is null)
        ) as least_freedom,
    from priced
    group by evse_no
),
unresolved as (
    select distinct named.evse_no
    from (
        select evse_no, feed, country_code, party_id, unnest(tariff_ids) as tariff_id
        from temp.current_connector
    ) as named
    inner join temp.named_tariff as named_tariff
        using (feed, country_code, party_id, tariff_id)
    where named_tariff.missing_because is not null
)
select
    bay.evse_no,
    bay.capabilities,
    site.site_capabilities,
    site.is_site_known,
    operator.operator_states_cards,
    operator.operator_states_plug_and_charge,
    bay.service_providers,
    bay.connector_capabilities,
    coalesce(tariffs.tariff_types, []) as tariff_types,
    coalesce(tariffs.priced_connectors, 0) = bay.connectors
    and unresolved.evse_no is null as are_tariffs_known,
    case tariffs.least_freedom when 0 then false when 2 then true end as is_ad_hoc_free,
    feed.ocpi_version,
from temp.bay as bay
inner join site using (location_no)
inner join temp.current_location as location using (location_no)
inner join operator
    on operator.feed = location.feed
    and operator.country_code = location.country_code
    and operator.party_id = location.party_id
inner join core.feed as feed on feed.feed = location.feed
left join tariffs using (evse_no)
left join unresolved using (evse_no);
