-- temp.noted: what this run noted, one row for each kind.
create or replace temp table noted as
select run_id, feed, object_type, json_path, note_code, note, occurrences, example
from core.note
limit 0;
