-- The one row about this snapshot.
select snapshot_id, schema_version, published_at, synthetic, klarpris_version
from mart.snapshot;
