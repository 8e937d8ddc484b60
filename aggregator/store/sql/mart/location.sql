insert into mart.location by name
select
    location.* exclude (operator_name, tax_country),
    location.operator_name as operator_name_stated,
    site.operator,
    site.operator_name,
from temp.current_location as location
inner join temp.site as site using (location_no)
order by location.location_no;
