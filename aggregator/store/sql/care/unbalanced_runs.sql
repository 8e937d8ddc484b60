-- Runs in which some records are accounted for as neither kept nor rejected.
select count(distinct run_id)
from core.run_count
where received <> kept + rejected;
