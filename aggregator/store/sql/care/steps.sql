-- The schema steps that a database has seen.
select step
from ${database}.schema_step
order by step;
