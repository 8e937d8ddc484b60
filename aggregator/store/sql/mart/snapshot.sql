insert into mart.snapshot by name
select
    $snapshot_id as snapshot_id,
    $schema_version as schema_version,
    $now as published_at,
    coalesce((select bool_or(synthetic) from warehouse.core.feed), false) as synthetic,
    $version as klarpris_version;
