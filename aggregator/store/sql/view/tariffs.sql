-- Every tariff that an offer names, by number, with why it has no price.
select
    named_no::integer as named_no,
    missing_because,
from mart.offered_tariff
order by named_no;
