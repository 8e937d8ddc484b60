-- How many of the current tariffs begin or end to be valid after $since and not after $until (UTC).
select count(*) as moments
from core.tariff
where
    valid_to is null
    and (
        (start_date_time > $since and start_date_time <= $until)
        or (end_date_time > $since and end_date_time <= $until)
    );
