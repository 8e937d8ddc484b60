-- What payment has to be told from: each distinct set of capabilities and tariff type once.
select distinct capabilities, tariff_type
from temp.link
where missing_because is null;
