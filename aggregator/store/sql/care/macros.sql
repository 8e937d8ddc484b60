-- The macros of one database, with what they say.
select schema_name || '.' || function_name as macro, macro_definition
from duckdb_functions()
where database_name = $database and not internal
order by macro, macro_definition;
