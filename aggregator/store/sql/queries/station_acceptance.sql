-- How one can pay at connectors with this number: one row per way to pay, with what says so.
select
    payment_method,
    certainty,
    evidence,
from mart.acceptance
where acceptance_no = $acceptance_no
order by payment_method;
