-- When the last run of any feed ended.
select max(finished_at)
from core.run;
