-- Records that have more than one current version.
select count(*)
from (
    select ${key}
    from core.${table}
    where valid_to is null
    group by ${key}
    having count(*) > 1
) as twice;
