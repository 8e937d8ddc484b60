-- The currencies of the tariffs that connectors name.
select distinct currency
from temp.named_tariff
where currency is not null
order by currency;
