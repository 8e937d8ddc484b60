-- temp.place_area: one row per place, or part of it that lies apart, with its middle (medians, degrees), the
-- distance within which 90 % of its locations lie (km), and how many there are.
create or replace temp table place_area as
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
)
select centre.*, reach.reach_km,
from centre
inner join reach using (group_no, cluster_no);
