-- mart.place, sorted by what places are found by.
insert into mart.place by name
with keyed as (
    select group_no, name, any_value(search_key) as search_key,
    from temp.place_spelling
    group by group_no, name
),
region as (
    select region as region_1, min(name) as name,
    from mart.region
    where level = 'region_1'
    group by region
)
select
    code.place,
    code.kind,
    label.name,
    keyed.search_key,
    code.match_key,
    code.country,
    region_1,
    region.name as region_1_name,
    area.latitude,
    area.longitude,
    greatest(1, ceil(area.reach_km * 10) / 10) as radius_km,
    area.locations,
    area.priced_locations,
from temp.place_code as code
inner join temp.place_area as area using (group_no, cluster_no)
inner join temp.place_label as label using (group_no, cluster_no)
inner join keyed on keyed.group_no = code.group_no and keyed.name = label.name
left join region using (region_1)
order by code.kind, code.match_key, code.country, code.place;
