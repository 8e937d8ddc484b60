-- temp.change_<table>: records that are new, changed or ended against the current versions.
-- A record ends only when its module was received completely and nothing of it was refused.
create or replace temp table change_${table} as
with staged as (
    select ${key}, sha256(json_array(${content})::varchar) as digest
    from temp.stage_${table}
),
current_version as (
    select ${key}, digest, rowid as version_row
    from core.${table}
    where feed = $feed and valid_to is null
)
select
    ${key},
    staged.digest,
    current_version.version_row,
    case
        when current_version.digest is null then 'new'
        when staged.digest is null then 'ended'
        else 'changed'
    end as change,
from staged
full outer join current_version using (${key})
where staged.digest is distinct from current_version.digest
    and (
        staged.digest is not null
        or ($complete and not list_contains($held::varchar[], ${record_id}))
    );
