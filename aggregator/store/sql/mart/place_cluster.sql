-- temp.place_cluster: one row per place and cell that lies apart from most locations of the place.
create or replace temp table place_cluster (
    group_no integer,
    cell integer,
    cluster_no integer,
);
