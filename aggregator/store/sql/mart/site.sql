-- temp.site: one row per location that may be shown, with whose it is: the operator of the register,
-- else the name that the record states, else the one that most records of its party do.
create or replace temp table site as
with usual as (
    select feed, country_code, party_id, mode(operator_name) as operator_name
    from temp.current_location
    group by feed, country_code, party_id
)
select
    location.location_no,
    known_operator.operator,
    known_operator.operator_group,
    coalesce(
        known_operator.name,
        location.operator_name,
        usual.operator_name,
        location.country_code || '*' || location.party_id
    ) as operator_name,
from temp.current_location as location
left join usual using (feed, country_code, party_id)
left join temp.known_operator as known_operator
    on known_operator.country_code = location.country_code
    and known_operator.party_id = location.party_id
    and known_operator.stated_name is not distinct from location.operator_name;
