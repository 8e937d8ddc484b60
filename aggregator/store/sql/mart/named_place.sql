-- Fills mart.place from temp.place_member. Ties are decided by names, never by chance.
insert into mart.place by name
with member as (
    select place_member.*, coalesce(cluster.cluster_no, 0) as cluster_no,
    from temp.place_member
    left join temp.place_cluster as cluster using (group_no, cell)
),
priced as (
    select distinct offer_row.location_no
    from mart.offer_row as offer_row
    inner join mart.headline as headline using (quote_no)
    where headline.state in ('priced', 'free')
),
centre as (
    select
        group_no,
        cluster_no,
        median(latitude) as latitude,
        median(longitude) as longitude,
        count(*) as locations,
        count(priced.location_no) as priced_locations,
    from member
    left join priced using (location_no)
    group by group_no, cluster_no
),
reach as (
    select
        group_no,
        cluster_no,
        quantile_disc(
            2 * 6371.0088 * asin(
                sqrt(
                    least(
                        1,
                        sin(radians(member.latitude - centre.latitude) / 2) ** 2
                        + cos(radians(centre.latitude)) * cos(radians(member.latitude))
                        * sin(radians(member.longitude - centre.longitude) / 2) ** 2
                    )
                )
            ),
            0.9
        ) as reach_km,
    from member
    inner join centre using (group_no, cluster_no)
    group by group_no, cluster_no
),
written as (
    select group_no, cluster_no, name, count(*) as times,
    from member
    group by group_no, cluster_no, name
),
named as (
    -- Of two that are equally frequent not the one in capitals.
    select group_no, cluster_no, name,
    from written
    qualify row_number() over (
        partition by group_no, cluster_no order by times desc, name = upper(name), name
    ) = 1
),
lying as (
    select group_no, cluster_no, region_1, count(*) as times,
    from member
    group by group_no, cluster_no, region_1
),
regional as (
    select group_no, cluster_no, region_1,
    from lying
    qualify row_number() over (
        partition by group_no, cluster_no order by times desc, region_1
    ) = 1
),
region as (
    select region as region_1, min(name) as name,
    from mart.region
    where level = 'region_1'
    group by region
),
-- The shortest spelling, because it does not depend on how many write it.
spelled as (
    select group_no, kind, country, match_key, arg_min(code, (length(code), code)) as code,
    from temp.place_spelling
    group by group_no, kind, country, match_key
),
keyed as (
    select group_no, name, any_value(search_key) as search_key,
    from temp.place_spelling
    group by group_no, name
),
joined as (
    select
        spelled.*,
        centre.* exclude (group_no),
        named.name,
        keyed.search_key,
        regional.region_1,
        greatest(1, ceil(reach.reach_km * 10) / 10) as radius_km,
        regexp_replace(lower(regional.region_1), '^[a-z]+-|[^a-z0-9]', '', 'g') as region_suffix,
        count(*) filter (where cluster_no > 0) over (partition by group_no, regional.region_1) = 1
            as is_only_one_there,
        format(
            '{}{:03d}{}{:04d}',
            if(centre.latitude < 0, 's', 'n'),
            abs(floor(centre.latitude * 10))::integer,
            if(centre.longitude < 0, 'w', 'e'),
            abs(floor(centre.longitude * 10))::integer
        ) as cell_suffix,
    from centre
    inner join reach using (group_no, cluster_no)
    inner join named using (group_no, cluster_no)
    inner join regional using (group_no, cluster_no)
    inner join spelled using (group_no)
    inner join keyed on keyed.group_no = centre.group_no and keyed.name = named.name
    where spelled.kind = 'city' or centre.cluster_no = 0
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
    from joined
)
select
    if(nth = 1, wanted, wanted || '--' || nth) as place,
    kind,
    coded.name,
    search_key,
    match_key,
    country,
    region_1,
    region.name as region_1_name,
    latitude,
    longitude,
    radius_km,
    locations,
    priced_locations,
from coded
left join region using (region_1)
order by kind, match_key, country, place;
