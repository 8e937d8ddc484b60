-- Rows of one table, counted.
select count(*)
from ${database}.${schema}.${table};
