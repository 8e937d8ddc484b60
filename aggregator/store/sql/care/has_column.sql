-- Whether a table of core has a column: older warehouses lack some.
select count(*) > 0
from duckdb_columns()
where database_name = 'warehouse'
    and schema_name = 'core'
    and table_name = $table
    and column_name = $column;
