-- The current versions of changed and ended records end now.
update core.${table}
set valid_to = $now
where rowid in (
    select version_row
    from temp.change_${table}
    where change in ('changed', 'ended')
);
