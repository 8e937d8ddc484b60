-- Runs in which some records are accounted for as neither kept nor rejected, or some of those kept
-- as nothing at all.
select count(distinct run_id)
from core.run_count
where received <> kept + rejected
    or kept <> new + changed + unchanged + waiting;
