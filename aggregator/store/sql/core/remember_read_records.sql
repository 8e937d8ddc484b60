-- The bytes of records that were read whole and once, also where others are still to come: but then
-- not of one that lacks something core still has inside it, for core is not what these bytes say.
insert into core.read_record by name
select
    $feed as feed,
    '${record}' as object_type,
    staged.country_code,
    staged.party_id,
    staged.${record}_id as record_id,
    arrived.digest,
    arrived.notes,
    $fingerprint as fingerprint,
from temp.arrived_${record} as arrived
inner join temp.stage_${record} as staged using (record_no)
where not list_contains($held::varchar[], staged.${record}_id)
    and (staged.country_code, staged.party_id, staged.${record}_id) not in (
        select (country_code, party_id, ${record}_id) from temp.repeated_${record}
    )
    and (staged.country_code, staged.party_id, staged.${record}_id) not in (
        select (country_code, party_id, ${record}_id) from temp.lacking_${record}
    );
