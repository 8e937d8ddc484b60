"""Taking care of what is kept: backups, old rows, and whether all is well."""
