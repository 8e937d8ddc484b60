-- The cells of places whose locations do not all lie within $widest_gap_km of each other: the middle of each.
-- A degree is 111.2 km long, of longitude less where it is far from the equator.
with wide as (
    select group_no
    from temp.place_member
    group by group_no
    having
        sqrt(
            (max(latitude) - min(latitude)) ** 2
            + ((max(longitude) - min(longitude)) * cos(radians(min(abs(latitude))))) ** 2
        ) * 111.2 > $widest_gap_km
)
select group_no, cell, avg(latitude) as latitude, avg(longitude) as longitude, count(*) as locations,
from temp.place_member
semi join wide using (group_no)
group by group_no, cell
order by group_no, cell;
