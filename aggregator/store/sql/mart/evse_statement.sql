-- temp.evse_statement: what is stated about paying at each EVSE, its site, its operator and its tariffs.
-- $card_flags, $plug_flags: capabilities that say yes to cards and to Plug & Charge.
create or replace temp table evse_statement as
with site as (
    select
        location_no,
        list_sort(list_distinct(flatten(list(distinct capabilities)))) as site_capabilities,
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
        quote.state = 'free' as is_free,
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
            bool_and(is_free) filter (where tariff_type = 'AD_HOC_PAYMENT'),
            bool_and(is_free) filter (where tariff_type is null)
        ) as is_ad_hoc_free,
    from priced
    group by evse_no
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
    coalesce(tariffs.priced_connectors, 0) = bay.connectors as are_tariffs_known,
    tariffs.is_ad_hoc_free,
    feed.ocpi_version,
from temp.bay as bay
inner join site using (location_no)
inner join temp.current_location as location using (location_no)
inner join operator
    on operator.feed = location.feed
    and operator.country_code = location.country_code
    and operator.party_id = location.party_id
inner join core.feed as feed on feed.feed = location.feed
left join tariffs using (evse_no);
