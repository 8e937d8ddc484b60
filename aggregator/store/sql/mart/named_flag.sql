-- temp.named_flag: what is doubtful about each tariff that connectors name, by the charger's country.
create or replace temp table named_flag as
select named_tariff.named_no, text_flag.country, text_flag.flags,
from temp.text_flag as text_flag
inner join temp.named_tariff as named_tariff
    on named_tariff.content_hash = text_flag.content_hash
    and named_tariff.alt_text is not distinct from text_flag.alt_text
where text_flag.flags is not null;
