-- temp.place_code: one row per place: the keys it is found by, and its code. The code is that of the shortest
-- spelling, because it does not depend on how many write it. What lies apart from the largest part has its region
-- besides, or its cell of 0.1 degrees where several are in one region. Two hyphens stand in no name.
create or replace temp table place_code as
with spelled as (
    select group_no, kind, country, match_key, arg_min(code, (length(code), code)) as code,
    from temp.place_spelling
    group by group_no, kind, country, match_key
),
placed as (
    select
        spelled.*,
        area.cluster_no,
        area.latitude,
        area.longitude,
        regexp_replace(lower(label.region_1), '^[a-z]+-|[^a-z0-9]', '', 'g') as region_suffix,
        count(*) filter (where area.cluster_no > 0) over (partition by group_no, label.region_1) = 1
            as is_only_one_there,
        format(
            '{}{:03d}{}{:04d}',
            if(area.latitude < 0, 's', 'n'),
            abs(floor(area.latitude * 10))::integer,
            if(area.longitude < 0, 'w', 'e'),
            abs(floor(area.longitude * 10))::integer
        ) as cell_suffix,
    from temp.place_area as area
    inner join temp.place_label as label using (group_no, cluster_no)
    inner join spelled using (group_no)
    where spelled.kind = 'city' or area.cluster_no = 0
),
coded as (
    select
        *,
        case
            when cluster_no = 0 then code
            when is_only_one_there and region_suffix <> '' then code || '-' || region_suffix
            else code || '-' || cell_suffix
        end as wanted,
        row_number() over (
            partition by wanted order by cluster_no, kind, country, latitude, longitude, match_key
        ) as nth,
    from placed
)
select
    group_no,
    cluster_no,
    kind,
    country,
    match_key,
    if(nth = 1, wanted, wanted || '--' || nth) as place,
from coded;
