-- Everything that is in the warehouse: schemas, tables, rows, macros.
copy from database warehouse to duplicate;
