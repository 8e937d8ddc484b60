-- temp.place_member: one row per location and place that it states to be in.
create or replace temp table place_member as
with stated as (
    select *, 'city' as kind, city as stated,
    from temp.current_location
    where cell is not null
    union all
    select *, 'postal_code' as kind, postal_code as stated,
    from temp.current_location
    where cell is not null
)
select
    spelling.group_no,
    spelling.name,
    stated.location_no,
    stated.cell,
    stated.latitude,
    stated.longitude,
    stated.region_1,
from stated
inner join temp.place_spelling as spelling using (kind, country, stated);
