-- Towns of which a later word begins with $match_key (edits: 0), then those whose name differs from it by at most
-- $most_edits letters that are wrong, missing, too many or swapped. A distance takes long: it is worked out only
-- for names of about that length which begin or end as it does.
with alike as (
    select
        *,
        rowid as row_no,
        case
            when starts_with(match_key, $match_key) then null
            when contains(match_key, ' ' || $match_key) then 0
            when
                length(match_key) between $least_length and $most_length
                and (starts_with(match_key, $beginning) or ends_with(match_key, $ending))
                then damerau_levenshtein(match_key, $match_key)
        end as edits,
    from mart.place
    where kind = 'city'
)
select
    alike.* exclude (search_key, match_key, row_no, edits),
    if(edits = 0, 'word', 'spelling') as found_by,
from alike
where edits <= $most_edits
order by edits, country is not distinct from $country desc, locations desc, row_no
limit $limit;
