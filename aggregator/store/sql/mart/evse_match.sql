-- temp.evse_match: EVSEs whose id another one has too, each with the one to be preferred: one with a
-- price, then that of the feed with the highest priority, then by name.
-- relation: preferred; same (one EVSE in another feed: its offers are kept, but counted once);
-- same_feed (a feed has two EVSEs of that id) and far_apart (another place): an id that cannot be
-- both, so nothing is merged.
create or replace temp table evse_match as
with priced as (
    select distinct link.connector_no
    from temp.link as link
    inner join temp.named_tariff as named_tariff using (named_no)
    inner join temp.current_connector as connector using (connector_no)
    inner join temp.evse_key as evse_key using (evse_id)
    inner join temp.quote as quote
        on quote.content_hash = named_tariff.content_hash
        and quote.session_code = connector.session_code
    where link.is_valid and quote.state in ('priced', 'free')
),
member as (
    select
        evse_key.evse_key,
        connector.location_no,
        connector.feed,
        connector.country_code,
        connector.party_id,
        connector.location_id,
        connector.evse_uid,
        connector.evse_id,
        location.operator_name,
        location.latitude,
        location.longitude,
        coalesce(feed.priority, 50) as priority,
        bool_or(priced.connector_no is not null) as is_priced,
        max(connector.max_power_kw) as max_power_kw,
        list_sort(list(distinct connector.standard)) as standards,
    from temp.current_connector as connector
    inner join temp.evse_key as evse_key using (evse_id)
    inner join temp.current_location as location using (location_no)
    inner join core.feed as feed on feed.feed = connector.feed
    left join priced using (connector_no)
    group by all
),
ranked as (
    select
        *,
        row_number() over chosen as rank,
        first(feed) over chosen as preferred_feed,
        first(country_code) over chosen as preferred_country_code,
        first(party_id) over chosen as preferred_party_id,
        first(location_id) over chosen as preferred_location_id,
        first(evse_uid) over chosen as preferred_evse_uid,
        first(location_no) over chosen as preferred_location_no,
        first(latitude) over chosen as preferred_latitude,
        first(longitude) over chosen as preferred_longitude,
        first(max_power_kw) over chosen as preferred_max_power_kw,
        first(standards) over chosen as preferred_standards,
        count(*) over (partition by evse_key, feed) as of_this_feed,
    from member
    window chosen as (
        partition by evse_key
        order by is_priced desc, priority desc, feed, country_code, party_id, location_id, evse_uid
        rows between unbounded preceding and current row
    )
    qualify count(*) over (partition by evse_key) > 1
),
placed as (
    select
        *,
        sin(radians(latitude - preferred_latitude) / 2) ** 2
        + cos(radians(latitude)) * cos(radians(preferred_latitude))
        * sin(radians(longitude - preferred_longitude) / 2) ** 2 as haversine,
        if(haversine is null, null, 12742000 * asin(sqrt(least(1, haversine)))) as distance_m,
    from ranked
)
select
    *,
    case
        when rank = 1 then 'preferred'
        when of_this_feed > 1 then 'same_feed'
        when distance_m > 500 then 'far_apart'
        else 'same'
    end as relation,
from placed;

-- temp.matched_connector: the connectors whose EVSE another feed has too, and which of them goes first.
create or replace temp table matched_connector as
select connector.connector_no, evse_match.preferred_feed
from temp.evse_match as evse_match
inner join temp.current_connector as connector using (location_no, evse_uid)
where evse_match.relation = 'same';
