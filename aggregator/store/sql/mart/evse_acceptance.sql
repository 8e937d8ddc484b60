-- temp.acceptance_key: what is stated about paying, each distinct statement once, numbered from 1 on;
-- temp.evse_acceptance: which of them each EVSE makes. See normalise/acceptance.py for what they mean.
create or replace temp table acceptance_key as
select row_number() over () as acceptance_no, *,
from (
    select distinct * exclude (evse_no)
    from temp.evse_statement
);

create or replace temp table evse_acceptance as
select statement.evse_no, key.acceptance_no::integer as acceptance_no,
from temp.evse_statement as statement
inner join temp.acceptance_key as key
    on key.capabilities = statement.capabilities
    and key.site_capabilities = statement.site_capabilities
    and key.is_site_known = statement.is_site_known
    and key.operator_states_cards = statement.operator_states_cards
    and key.operator_states_plug_and_charge = statement.operator_states_plug_and_charge
    and key.service_providers = statement.service_providers
    and key.connector_capabilities = statement.connector_capabilities
    and key.tariff_types = statement.tariff_types
    and key.are_tariffs_known = statement.are_tariffs_known
    and key.is_ad_hoc_free is not distinct from statement.is_ad_hoc_free
    and key.ocpi_version is not distinct from statement.ocpi_version;
