-- chosen(...): the offers that a choice of country, plug, power and way to pay leaves, with the
-- total of the chosen reference session. tax_rank: 0 with tax, 1 without or not told; a total without
-- tax is never judged beside one with tax, and stands behind it. A null argument chooses everything. Connectors that are
-- known to be too weak for the session (below $least_kw) are left out: they cannot deliver it. An
-- EVSE that several feeds have is there once. $without_flagged: what is doubtful (flags) is left out.
create or replace macro memory.main.chosen(
    chosen_country, chosen_standard, chosen_power, chosen_methods, chosen_session, least_kw, without_flagged
) as table
select
    *,
    case chosen_session
        when 'ac' then session_ac_total
        when 'hpc' then session_hpc_total
        when 'idle' then session_idle_total
        else session_dc_total
    end as total,
    state in ('priced', 'free')
        and list_contains(chosen_methods, payment_method) as is_comparable,
    case when tax_basis in ('gross', 'derived') then 0 else 1 end as tax_rank,
from mart.offer
where country is not distinct from chosen_country
    and preferred_feed is null
    and (chosen_standard is null or connector_standard = chosen_standard)
    and (chosen_power is null or power_class = chosen_power)
    and (max_power_kw is null or max_power_kw >= least_kw)
    and (not without_flagged or flags is null);
