insert into mart.region by name
with position as (
    select position.*
    from warehouse.core.position as position
    semi join mart.location as location using (latitude, longitude)
)
select 'region_1' as level, region_1 as region, country, any_value(region_1_name) as name, null as layer,
from position
where region_1 is not null
group by region_1, country
union all
select 'region_2', region_2, country, any_value(region_2_name), any_value(region_2_layer),
from position
where region_2 is not null
group by region_2, country
order by level, country, region;
