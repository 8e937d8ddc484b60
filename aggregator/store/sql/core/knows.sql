-- Whether current records of a feed are here, read by the same reader under the same feed file.
select count(*) > 0
from core.feed as feed
inner join core.location as location using (feed)
where feed.feed = $feed and feed.fingerprint = $print and location.valid_to is null;
