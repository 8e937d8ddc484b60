-- Tables, views and columns of the attached snapshot whose meaning is not told yet, and what they are.
select 'column' as kind, table_name, column_name
from duckdb_columns()
where database_name = 'snapshot' and schema_name = 'mart' and comment is null
union all
select 'table', table_name, null
from duckdb_tables()
where database_name = 'snapshot' and schema_name = 'mart' and comment is null
union all
select 'view', view_name, null
from duckdb_views()
where database_name = 'snapshot' and schema_name = 'mart' and comment is null
order by all;
