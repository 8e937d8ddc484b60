-- Tables and columns of the attached snapshot whose meaning is not told yet; column null for a table.
select table_name, column_name
from duckdb_columns()
where database_name = 'snapshot' and schema_name = 'mart' and comment is null
union all
select table_name, null
from duckdb_tables()
where database_name = 'snapshot' and schema_name = 'mart' and comment is null
order by all;
