-- One location with the feed it is from: no row where the snapshot has none of that key. Times are UTC.
-- feed_checked_at: the feed was last asked with success; stale_since: it has failed since.
select
    location.*,
    feed.name as feed_name,
    feed.ocpi_version,
    feed.licence,
    feed.attribution,
    feed.source_url,
    feed.synthetic,
    feed.last_success_at as feed_checked_at,
    feed.stale_since,
from mart.location as location
inner join mart.feed as feed on feed.feed = location.feed
where
    location.feed = $feed
    and location.country_code = $country_code
    and location.party_id = $party_id
    and location.location_id = $location_id;
