-- Bytes that no longer stand for what core holds: records that came otherwise, did not come in a
-- complete module, came more than once or were read only in part.
delete from core.read_record
where feed = $feed
    and object_type = '${record}'
    and (
        digest not in (select digest from temp.recognised_${record})
        or list_contains($held::varchar[], record_id)
        or (country_code, party_id, record_id) in (
            select (country_code, party_id, ${record}_id) from temp.repeated_${record}
        )
    )
    and (
        $complete
        or (country_code, party_id, record_id) in (
            select (country_code, party_id, ${record}_id) from temp.stage_${record}
        )
    );
