-- Records that were recognised but came in other bytes too are staged as they stand in core, so
-- that it is settled which of them counts.
insert into temp.stage_${table} by name
select
    current_version.* exclude (first_seen_at, valid_from, valid_to),
    recognised.record_no,
    recognised.json_path,
    $position + row_number() over () as position,
from temp.recognised_${record} as recognised
inner join core.read_record as read_record
    on read_record.feed = $feed
    and read_record.object_type = '${record}'
    and read_record.digest = recognised.digest
inner join core.${table} as current_version
    on current_version.feed = $feed
    and current_version.country_code = read_record.country_code
    and current_version.party_id = read_record.party_id
    and current_version.${record_id} = read_record.record_id
    and current_version.valid_to is null
where recognised.digest not in (select digest from temp.kept_${record});
