-- record_id: the location or tariff that was refused, or that a refused part stood in; null where
-- that has no readable id, and for parts that were refused before this step.
alter table core.rejection add column record_id varchar;
alter table core.rejection alter record_id type varchar
using (if(object_type in ('location', 'tariff'), object_id, null));
