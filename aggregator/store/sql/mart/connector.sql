insert into mart.connector by name
select
    * exclude (connector_no, location_no, standard, format, session_code),
    standard as connector_standard,
    format as connector_format,
from temp.current_connector
order by feed, country_code, party_id, location_id, evse_uid, connector_id;
