-- Staged records that are as core holds them: neither new nor changed nor waiting.
select count(*)
from temp.stage_${table}
anti join temp.change_${table} using (position);
