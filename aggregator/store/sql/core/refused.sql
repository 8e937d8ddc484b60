-- temp.refused: what this run refused, one row for each refusal.
create or replace temp table refused as
select
    object_type,
    object_id,
    json_path,
    reason_code,
    reason,
    raw_fragment,
    document_url,
    lost_evses,
    lost_connectors,
from core.rejection
limit 0;
