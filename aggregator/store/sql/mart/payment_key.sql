-- What payment has to be told from: each distinct set of capabilities and tariff type once.
select distinct connector.capabilities, named_tariff.tariff_type
from temp.link as link
inner join temp.named_tariff as named_tariff using (named_no)
inner join temp.current_connector as connector using (connector_no)
where link.is_valid;
