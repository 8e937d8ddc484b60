-- Received more than once under one key: the newest is kept, the others are accounted for here, with
-- what was read of them.
insert into temp.refused by name
with duplicate as (
    select
        'location' as object_type,
        duplicate_location.object_id,
        duplicate_location.location_id as record_id,
        duplicate_location.json_path,
        duplicate_location.content,
        coalesce(inside_evse.lost, 0) as lost_evses,
        coalesce(inside_connector.lost, 0) as lost_connectors,
    from temp.duplicate_location
    left join temp.inside_evse using (record_no)
    left join temp.inside_connector using (record_no)
    union all by name
    select
        'evse' as object_type,
        object_id,
        location_id as record_id,
        json_path,
        content,
        1 as lost_evses,
        0 as lost_connectors,
    from temp.duplicate_evse
    union all by name
    select
        'connector' as object_type,
        object_id,
        location_id as record_id,
        json_path,
        content,
        0 as lost_evses,
        1 as lost_connectors,
    from temp.duplicate_connector
    union all by name
    select
        'tariff' as object_type,
        object_id,
        tariff_id as record_id,
        json_path,
        content,
        0 as lost_evses,
        0 as lost_connectors,
    from temp.duplicate_tariff
)
select
    object_type,
    object_id,
    record_id,
    json_path,
    'duplicate_id' as reason_code,
    'received more than once under the same id; the newest was kept' as reason,
    left(content, 2000) as raw_fragment,
    lost_evses,
    lost_connectors,
from duplicate;
