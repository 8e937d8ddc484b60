-- The file of the warehouse; null when it is in memory.
select path from duckdb_databases() where database_name = 'warehouse'
