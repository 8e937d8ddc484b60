delete from core.${table}
where run_id in (select run_id from temp.old_run);
