-- temp.kept_<record>: records whose bytes came again and that came in no other bytes: core holds
-- them as they are, so they are neither staged nor compared.
create or replace temp table kept_${table} as
select
    read_record.country_code,
    read_record.party_id,
    read_record.record_id as ${record_id},
    recognised.digest,
from temp.recognised_${table} as recognised
inner join core.read_record as read_record
    on read_record.feed = $feed
    and read_record.object_type = '${table}'
    and read_record.digest = recognised.digest
where (read_record.country_code, read_record.party_id, read_record.record_id) not in (
    select (country_code, party_id, ${record_id}) from temp.stage_${table}
);
