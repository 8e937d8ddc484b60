-- What was received inside an outdated copy of a location goes with it. Copies of one age are
-- parts of one location (some servers spread its EVSEs over pages): what is inside them is united.
delete from temp.stage_${table}
where record_no in (select record_no from temp.duplicate_location where is_older);
