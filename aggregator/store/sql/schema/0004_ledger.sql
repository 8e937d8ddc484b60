-- The ledger says of every record kept whether it was new, changed, as it was, or is waiting.
-- unchanged: as it was. waiting: new, in an answer that lacks too much, so not taken in yet.
-- live: current records after the run; null for runs before this step.
alter table core.run_count add column unchanged bigint;
alter table core.run_count alter unchanged type bigint using (greatest(kept - new - changed, 0));
alter table core.run_count add column waiting bigint default 0;
alter table core.run_count add column live bigint;

-- finished_at never goes back within a feed; clock_at: what this machine's clock said then (UTC),
-- null for runs before this step. accepts_shrink: whatever was missing then was really gone.
alter table core.run add column clock_at timestamp;
alter table core.run add column accepts_shrink boolean default false;

-- A refusal is remembered: one row for each, with when it was first and last seen (UTC), in how
-- many runs (occurrences), and whether the feed's last loaded run refused it (is_current).
-- run_id: of the last run that refused it.
alter table core.rejection rename column seen_at to last_seen_at;
alter table core.rejection add column first_seen_at timestamp;
alter table core.rejection alter first_seen_at type timestamp using (last_seen_at);
alter table core.rejection add column occurrences bigint default 1;
alter table core.rejection add column is_current boolean default true;

-- What makes a refusal the same as one before: positions do not count, for records move between
-- runs; what has no id is known by its text.
create or replace macro core.refusal(object_type, object_id, reason_code, json_path, fragment) as
md5_number(
    json_array(
        object_type,
        object_id,
        reason_code,
        regexp_replace(json_path, '\[\d+\]', '[]', 'g'),
        if(object_id is null, md5(fragment), null)
    )::varchar
);

-- Which tariffs connectors named at a moment (UTC): one row per connector and tariff id.
create or replace macro core.connector_tariff_as_of(moment) as table
select
    feed,
    country_code,
    party_id,
    location_id,
    evse_uid,
    connector_id,
    unnest(list_distinct(tariff_ids)) as tariff_id,
from core.connector
where valid_from <= moment and (valid_to is null or moment < valid_to);
