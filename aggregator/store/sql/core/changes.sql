-- temp.change_<table>: records that are new, changed or ended against the current versions.
-- A record ends only when its module was received completely and nothing of it was refused.
-- position: of the staged row, null where the record ended. What is new may have to wait (wait.sql).
create or replace temp table change_${table} as
with current_version as (
    select ${key}, digest, core.${table}.rowid as version_row
    from core.${table}
    anti join temp.kept_${record} using (country_code, party_id, ${record_id})
    where feed = $feed and valid_to is null
)
select
    staged.position,
    current_version.version_row,
    case
        when current_version.digest is null then 'new'
        when staged.digest is null then 'ended'
        else 'changed'
    end as change,
from temp.stage_${table} as staged
full outer join current_version using (${key})
where staged.digest is distinct from current_version.digest
    and (
        staged.digest is not null
        or ($complete and not list_contains($held::varchar[], ${record_id}))
    );
