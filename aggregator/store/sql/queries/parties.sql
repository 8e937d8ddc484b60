-- Parties in the snapshot, one row for each name they state, the largest first.
-- connectors: counted in every feed that has them.
select
    country_code,
    party_id,
    operator_name,
    sum(connectors)::bigint as connectors,
    list(feed order by feed) as feeds,
from mart.operator
group by country_code, party_id, operator_name
order by connectors desc, country_code, party_id, operator_name;
