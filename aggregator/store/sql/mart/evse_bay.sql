-- temp.bay: what each EVSE states about paying, and how many connectors it has.
create or replace temp table bay as
select
    evse_no,
    any_value(location_no) as location_no,
    any_value(capabilities) as capabilities,
    any_value(connector_capabilities) as connector_capabilities,
    any_value(len(accepted_service_providers)) as service_providers,
    count(*) as connectors,
from temp.current_connector
group by evse_no;
