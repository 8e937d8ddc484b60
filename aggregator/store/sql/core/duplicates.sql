-- temp.duplicate_<table>: rows whose key was received again in this run; the newest is kept.
-- $is_repeated: whether any key can be there twice; else there is nothing to look for.
-- is_older: the kept row has a newer last_updated, so this one is outdated, not a second part.
-- content: the row's own columns as JSON, without keys.
create or replace temp table duplicate_${table} as
select
    ${key},
    ${own_id} as object_id,
    record_no,
    json_path,
    position,
    coalesce(
        operator_last_updated < max(operator_last_updated) over (partition by ${key}),
        false
    ) as is_older,
    to_json(struct_pack(${content}))::varchar as content,
from temp.stage_${table}
where $is_repeated
qualify row_number() over (
    partition by ${key}
    order by operator_last_updated desc nulls last, record_no desc, position desc
) > 1;
