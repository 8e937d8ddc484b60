-- The tariffs of the connectors of one EVSE, or of one connector, each tariff once.
-- vat_rate: the rate that was added by law, 0.2 is 20 %; null where none was. vat_source: where it stands.
-- evse_id: compared without separators and whatever the case of its letters. Times are UTC.
with chosen as (
    select
        feed,
        any_value(operator_name) as operator_name,
        any_value(location_name) as location_name,
        location_id,
        evse_uid,
        any_value(evse_id) as evse_id,
        connector_id,
        any_value(connector_standard) as connector_standard,
        any_value(max_power_kw) as max_power_kw,
        any_value(power_class) as power_class,
        any_value(time_zone) as time_zone,
        tariff_id,
        content_hash,
        any_value(tariff_type) as tariff_type,
        list_sort(
            list(distinct payment_method) filter (where payment_method is not null)
        ) as payment_methods,
        any_value(quote_no) as quote_no,
        any_value(state_reason) as state_reason,
        any_value(operator_last_updated) as operator_last_updated,
        any_value(last_seen_at) as last_seen_at,
        any_value(licence) as licence,
        any_value(source_url) as source_url,
        bool_or(synthetic) as synthetic,
    from mart.offer
    where
        ($feed::varchar is null or feed = $feed)
        and ($location_id::varchar is null or location_id = $location_id)
        and ($evse_uid::varchar is null or evse_uid = $evse_uid)
        and ($connector_id::varchar is null or connector_id = $connector_id)
        and (
            $evse_id::varchar is null
            or regexp_replace(upper(evse_id), '[^A-Z0-9]', '', 'g')
            = regexp_replace(upper($evse_id), '[^A-Z0-9]', '', 'g')
        )
    group by
        feed, country_code, party_id, location_id, evse_uid, connector_id, tariff_id, content_hash
),
list as (
    select content_hash, any_value(price_list) as price_list
    from mart.tariff
    group by content_hash
)
select
    chosen.* exclude (quote_no),
    list.price_list::varchar as price_list,
    quote.vat_rate,
    quote.vat_source,
from chosen
left join list using (content_hash)
left join mart.quote as quote using (quote_no)
order by feed, location_id, evse_uid, connector_id, tariff_id
limit $limit;
