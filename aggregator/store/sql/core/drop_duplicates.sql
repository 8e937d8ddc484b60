-- Rows that were received again are left out.
delete from temp.stage_${table}
where position in (select position from temp.duplicate_${table});
