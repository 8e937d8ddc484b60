-- temp.refusal_pair: each refusal of this run, and the row of the same one of the runs before; null
-- where there is none. Of equal ones in one location or tariff each has a row of its own: they are
-- paired by their rank, those that the last run refused first.
create or replace temp table refusal_pair as
with refused as (
    select
        rowid as refused_row,
        core.refusal(object_type, object_id, reason_code, json_path, raw_fragment) as refusal,
        coalesce(record_id, '') as inside,
        json_path,
    from temp.refused
),
known as (
    select
        rowid as known_row,
        core.refusal(object_type, object_id, reason_code, json_path, raw_fragment) as refusal,
        coalesce(record_id, '') as inside,
        is_current,
        last_seen_at,
        json_path,
    from core.rejection
    where feed = $feed
),
ranked as (
    select
        refused_row,
        refusal,
        inside,
        row_number() over (partition by refusal, inside order by json_path, refused_row) as rank,
    from refused
),
ranked_known as (
    select
        known_row,
        refusal,
        inside,
        row_number() over (
            partition by refusal, inside
            order by is_current desc, last_seen_at desc, json_path, known_row
        ) as rank,
    from known
    semi join refused using (refusal, inside)
)
select ranked.refused_row, ranked_known.known_row
from ranked
left join ranked_known using (refusal, inside, rank);
