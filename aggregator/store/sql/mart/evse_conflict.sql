-- After mart.offer_row, which tells what each of two records of one EVSE asks for.
insert into mart.evse_match by name
with price as (
    select
        connector.location_no,
        connector.evse_uid,
        list_sort(
            list(distinct
                concat_ws(
                    ' ',
                    headline.currency,
                    headline.tax_basis,
                    headline.session_ac_total,
                    headline.session_dc_total,
                    headline.session_hpc_total
                )
            )
        ) as prices,
    from temp.current_connector as connector
    semi join temp.evse_match using (location_no, evse_uid)
    inner join mart.offer_row as offer_row using (connector_no)
    inner join mart.headline as headline using (quote_no)
    where headline.state in ('priced', 'free')
    group by connector.location_no, connector.evse_uid
)
select
    evse_match.evse_key,
    evse_match.relation,
    evse_match.feed,
    evse_match.country_code,
    evse_match.party_id,
    evse_match.location_id,
    evse_match.evse_uid,
    evse_match.evse_id,
    evse_match.preferred_feed,
    evse_match.preferred_country_code,
    evse_match.preferred_party_id,
    evse_match.preferred_location_id,
    evse_match.preferred_evse_uid,
    round(evse_match.distance_m)::bigint as distance_m,
    list_filter(
        [
            if(evse_match.relation in ('same_feed', 'far_apart'), evse_match.relation, null),
            if(evse_match.relation = 'same' and evse_match.distance_m > 100, 'position', null),
            if(
                evse_match.relation = 'same' and evse_match.distance_m is null,
                'position_unknown',
                null
            ),
            if(
                evse_match.relation = 'same'
                and abs(evse_match.max_power_kw - evse_match.preferred_max_power_kw)
                > 0.1 * evse_match.preferred_max_power_kw,
                'power',
                null
            ),
            if(
                evse_match.relation = 'same'
                and evse_match.standards <> evse_match.preferred_standards,
                'plugs',
                null
            ),
            if(
                evse_match.relation = 'same' and own.prices <> preferred.prices,
                'price',
                null
            ),
        ],
        lambda conflict: conflict is not null
    ) as conflicts,
from temp.evse_match as evse_match
left join price as own
    on own.location_no = evse_match.location_no
    and own.evse_uid = evse_match.evse_uid
left join price as preferred
    on preferred.location_no = evse_match.preferred_location_no
    and preferred.evse_uid = evse_match.preferred_evse_uid
order by evse_match.evse_key, evse_match.rank;
