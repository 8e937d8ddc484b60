-- Versions that still hold when the next one of the same record begins; two current ones are
-- counted elsewhere.
select count(*)
from (
    select
        valid_to,
        lead(valid_from) over (partition by ${key} order by valid_from, valid_to) as next_from,
    from core.${table}
) as version
where valid_to > next_from;
