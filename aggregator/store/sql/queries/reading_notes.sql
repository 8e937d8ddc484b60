-- Values that were ignored or read differently from how they were written.
select feed, json_path, note, occurrences, example
from mart.reading_note
order by feed, occurrences desc
limit 500;
