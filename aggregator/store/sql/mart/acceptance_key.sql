-- What is stated about paying, each distinct statement once; '' among the types: a tariff without one.
from temp.acceptance_key
order by acceptance_no;
