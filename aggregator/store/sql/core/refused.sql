-- temp.refused: what this run refused, one row for each refusal.
-- record_id: the location or tariff that was refused, or that the refused part stood in.
create or replace temp table refused as
select
    object_type,
    object_id,
    record_id,
    json_path,
    reason_code,
    reason,
    raw_fragment,
    document_url,
    lost_evses,
    lost_connectors,
from core.rejection
limit 0;
