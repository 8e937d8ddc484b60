-- The operator's own clock moves without a new version: many feeds touch it on every request.
update core.${table}
set operator_last_updated = touched.operator_last_updated
from (
    select current_version.rowid as version_row, staged.operator_last_updated
    from temp.stage_${table} as staged
    inner join core.${table} as current_version using (${key})
    anti join temp.change_${table} using (position)
    where current_version.feed = $feed
        and current_version.valid_to is null
        and staged.operator_last_updated is distinct from current_version.operator_last_updated
) as touched
where core.${table}.rowid = touched.version_row;
