-- How many rows view/offers.sql has.
select count(*) as offers
from mart.offer_row
where preferred_feed is null or is_preferred_doubtful;
