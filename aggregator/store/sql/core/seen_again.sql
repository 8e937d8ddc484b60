-- Modules whose document is unchanged were seen now, if all of their records were in it: if the
-- last run that brought anything saw them all.
update core.module
set all_seen_at = $now
where feed = $feed
    and list_contains($modules::varchar[], module)
    and all_seen_at = (
        select max(finished_at)
        from core.run
        where feed = $feed and outcome <> 'failed'
    );
