-- What is priced: the distinct price lists and powers among the offers that are paid in a chosen way.
select distinct quote_no, power_w, is_dc
from temp.view_offer
where is_paid_so and quote_no is not null;
