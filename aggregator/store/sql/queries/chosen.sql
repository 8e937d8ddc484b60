-- chosen(...): the offers that a choice of country, plug, power and way to pay leaves, by numbers, with
-- the total of the chosen reference session. tax_rank: 0 with tax, 1 without or not told; a total without
-- tax is never judged beside one with tax, and stands behind it. A null argument chooses everything. Connectors that are
-- known to be too weak for the session (below $least_kw) are left out: they cannot deliver it. An
-- EVSE that several feeds have is there once. $without_flagged: what is doubtful (flags) is left out.
create or replace macro memory.main.chosen(
    chosen_country, chosen_standard, chosen_power, chosen_methods, chosen_session, least_kw, without_flagged
) as table
select
    offer_row.*,
    offer_row.rowid as offer_no,
    headline.* exclude (quote_no, session_code),
    case chosen_session
        when 'ac' then headline.session_ac_total
        when 'hpc' then headline.session_hpc_total
        when 'idle' then headline.session_idle_total
        else headline.session_dc_total
    end as total,
    coalesce(headline.state in ('priced', 'free'), false)
        and coalesce(list_contains(chosen_methods, offer_row.payment_method), false) as is_comparable,
    case when headline.tax_basis in ('gross', 'derived') then 0 else 1 end as tax_rank,
from mart.offer_row as offer_row
left join mart.headline as headline using (quote_no)
where offer_row.country is not distinct from chosen_country
    and (
        offer_row.preferred_feed is null
        or (without_flagged and offer_row.is_preferred_doubtful)
    )
    and (chosen_standard is null or offer_row.connector_standard = chosen_standard)
    and (chosen_power is null or offer_row.power_class = chosen_power)
    and (offer_row.max_power_kw is null or offer_row.max_power_kw >= least_kw)
    and (not without_flagged or offer_row.flags is null);
