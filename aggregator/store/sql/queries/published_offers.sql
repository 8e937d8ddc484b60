-- The offers of one EVSE, or of one connector, with everything that is published about their prices.
-- One row per connector and tariff; ways to pay that cost the same stand together. Times are UTC.
-- evse_id: compared without separators and whatever the case of its letters.
-- tariff_feed, tariff_country_code, tariff_party_id, stated_tariff_id: where the tariff is published and
-- under which id; price_list: as it was read from there.
with chosen as (
    select
        row_number() over () as offer_no,
        feed,
        country_code,
        party_id,
        operator_name,
        location_id,
        location_name,
        evse_uid,
        evse_id,
        connector_id,
        connector_standard,
        max_power_kw,
        power_class,
        time_zone,
        tariff_id,
        content_hash,
        quote_no,
        state,
        state_reason,
        flags,
        currency,
        tax_basis,
        price_per_kwh,
        price_per_minute,
        parking_price_per_minute,
        start_fee,
        price_varies,
        fee_after_minutes,
        effective_price_per_kwh,
        session_ac_total,
        session_dc_total,
        session_hpc_total,
        session_idle_total,
        last_seen_at,
        licence,
        source_url,
        synthetic,
        list_sort(
            list(distinct payment_method) filter (where payment_method is not null)
        ) as payment_methods,
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
    group by all
),
stated as (
    select
        chosen.offer_no,
        tariff.feed as tariff_feed,
        tariff.country_code as tariff_country_code,
        tariff.party_id as tariff_party_id,
        tariff.tariff_id as stated_tariff_id,
        tariff.price_list::varchar as price_list,
    from chosen
    inner join mart.tariff as tariff
        on tariff.content_hash = chosen.content_hash
        and lower(tariff.tariff_id) = lower(chosen.tariff_id)
    qualify row_number() over (
        partition by chosen.offer_no
        order by
            tariff.feed = chosen.feed desc,
            tariff.party_id = chosen.party_id desc,
            tariff.country_code = chosen.country_code desc,
            tariff.tariff_id = chosen.tariff_id desc,
            tariff.feed,
            tariff.country_code,
            tariff.party_id,
            tariff.tariff_id
    ) = 1
),
total as (
    select
        quote_no,
        list(
            struct_pack(
                session_code := session_code,
                total := total,
                total_excl_vat := total_excl_vat,
                total_incl_vat := total_incl_vat,
                effective_price_per_kwh := effective_price_per_kwh,
                effective_price_per_minute := effective_price_per_minute
            )
        ) as session_totals,
    from mart.session_total
    group by quote_no
)
select
    chosen.* exclude (offer_no),
    stated.* exclude (offer_no),
    feed.ocpi_version,
    quote.* exclude (quote_no, content_hash, time_zone, currency, state, state_reason, tax_basis),
    total.session_totals,
    rate.rate,
    rate.rate_date,
    rate.missing_because as rate_missing_because,
from chosen
left join stated using (offer_no)
left join mart.feed as feed on feed.feed = stated.tariff_feed
left join mart.quote as quote on quote.quote_no = chosen.quote_no
left join total on total.quote_no = chosen.quote_no
left join mart.rate as rate
    on rate.currency = chosen.currency
    and rate.to_currency = $to_currency
order by
    chosen.feed,
    chosen.location_id,
    chosen.evse_uid,
    chosen.connector_id,
    chosen.tariff_id,
    chosen.payment_methods
limit $limit;
