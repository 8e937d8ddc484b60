-- A kind that was noted before, in a module that did not come completely now, keeps the larger
-- number: what came is only a part of what was counted then.
update temp.noted
set occurrences = greatest(noted.occurrences, known.occurrences)
from core.note as known
where known.feed = $feed
    and known.object_type = noted.object_type
    and known.json_path = noted.json_path
    and known.note_code = noted.note_code
    and known.note = noted.note
    and not list_contains(
        $settled::varchar[], if(known.object_type = 'tariff', 'tariff', 'location')
    );
