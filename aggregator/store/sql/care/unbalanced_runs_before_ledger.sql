-- Runs of an older warehouse in which some records are accounted for as neither kept nor rejected.
-- What became of those kept is not told there.
select count(distinct run_id)
from core.run_count
where received <> kept + rejected;
