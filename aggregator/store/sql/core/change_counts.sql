-- How many records are new, changed, ended or waiting.
select change, count(*) as records
from temp.change_${table}
group by change;
