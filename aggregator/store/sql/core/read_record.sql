-- The bytes from which this feed's current records were read, and what was noted, by the same
-- reader and feed file.
select digest, notes
from core.read_record
where feed = $feed and object_type = $object_type and fingerprint = $fingerprint;
