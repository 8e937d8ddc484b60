-- What this run noted, and how often.
insert into core.note by name
select run_id, feed, object_type, json_path, note_code, note, occurrences, example
from temp.noted;
