-- temp.place_label: one row per place, or part of it that lies apart: what most of its locations call it, and the
-- region that most of them lie in. Of two names that are equally frequent not the one in capitals.
create or replace temp table place_label as
with member as (
    select place_member.*, coalesce(cluster.cluster_no, 0) as cluster_no,
    from temp.place_member
    left join temp.place_cluster as cluster using (group_no, cell)
),
written as (
    select group_no, cluster_no, name, count(*) as times,
    from member
    group by group_no, cluster_no, name
),
named as (
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
)
select named.group_no, named.cluster_no, named.name, regional.region_1,
from named
inner join regional using (group_no, cluster_no);
