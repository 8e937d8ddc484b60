insert into mart.session by name
from temp.session
order by session_code;

insert into mart.rate by name
from temp.rate
order by currency, to_currency;
