-- core.read_record: which bytes a current record was read from, where nothing of it was refused.
-- The same bytes, under the same fingerprint of reader and feed file, mean the same
-- record: it is taken from core again instead of being read again.
-- digest: BLAKE2b of the record's JSON as received, 16 bytes. object_type: location or tariff.
-- notes: JSON list of what was noted when it was read, to be noted again; null for nothing.
create table core.read_record (
    feed varchar not null,
    object_type varchar not null,
    country_code varchar not null,
    party_id varchar not null,
    record_id varchar not null,
    digest blob not null,
    notes varchar,
    fingerprint varchar not null,
);

-- Feeds whose tariffs this one's connectors may name: by the feed file's explicit setting only.
alter table core.feed add column tariffs_from varchar[];

-- What decided how this feed's records were read when they were last loaded.
alter table core.feed add column fingerprint varchar;

-- The digest of a version's content becomes a number of 16 bytes: a quarter of the room, and
-- faster to compare. It tells change from no change; nothing depends on it beyond one feed.
alter table core.location alter digest type uhugeint using md5_number(
    json_array(
        publish,
        name,
        address,
        city,
        postal_code,
        country,
        latitude::double,
        longitude::double,
        time_zone,
        operator_name
    )::varchar
);
alter table core.evse alter digest type uhugeint using md5_number(
    json_array(evse_id, capabilities, physical_reference)::varchar
);
alter table core.evse_status alter digest type uhugeint using md5_number(
    json_array(status)::varchar
);
alter table core.connector alter digest type uhugeint using md5_number(
    json_array(
        standard, format, power_type, max_power_kw, max_power_source, tariff_ids
    )::varchar
);
alter table core.tariff alter digest type uhugeint using md5_number(
    json_array(
        tariff_type,
        currency,
        price_basis,
        price_list,
        content_hash,
        alt_text,
        alt_url,
        start_date_time,
        end_date_time
    )::varchar
);
