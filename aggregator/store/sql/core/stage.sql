-- temp.stage_<table>: what one run received, before it becomes versions in core.
-- record_no, json_path: the location or tariff a row was received in; position: order of arrival.
-- digest: of the content, without keys and the operator's own clock.
create or replace temp table stage_${table} as
select
    ${columns},
    digest,
    0::bigint as record_no,
    ''::varchar as json_path,
    0::bigint as position,
from core.${table}
limit 0;
