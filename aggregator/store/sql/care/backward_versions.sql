-- Versions that end before they begin.
select count(*)
from core.${table}
where valid_to < valid_from;
