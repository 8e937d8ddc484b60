-- What has come since the last time goes into temp.stage_<table>, with the digest of its content.
insert into temp.stage_${table} by name
select
    batch.*,
    md5_number(json_array(${content})::varchar) as digest,
from batch;
