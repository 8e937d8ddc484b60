insert into mart.connector by name
select
    connector.* exclude (evse_no, standard, format, session_code),
    connector.standard as connector_standard,
    connector.format as connector_format,
    evse_acceptance.acceptance_no,
from temp.current_connector as connector
left join temp.evse_acceptance as evse_acceptance using (evse_no)
order by location_no;

insert into mart.acceptance by name
from temp.acceptance
order by acceptance_no, payment_method;

insert into mart.service_provider by name
select provider, count(distinct evse_no) as evses,
from (
    select evse_no, unnest(accepted_service_providers) as provider
    from temp.current_connector
    where len(accepted_service_providers) > 0
)
group by provider
order by provider;
