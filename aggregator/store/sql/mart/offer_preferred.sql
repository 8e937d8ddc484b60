-- temp.twin: offers of which the record that goes first has one like them: with the same plug, and for a
-- price with a price for the same way to pay.
create or replace temp table twin as
select
    offer.rowid as offer_row,
    any_value(evse_match.evse_key) as evse_key,
    any_value(evse_match.rank) as rank,
    any_value(connector.standard) as standard,
    any_value(if(headline.state in ('priced', 'free'), offer.payment_method, null)) as payment_method,
    any_value(offer.flags) is not null as is_doubtful,
    bool_and(first_one.flags is not null) as is_first_doubtful,
from mart.offer_row as offer
inner join temp.current_connector as connector using (connector_no)
inner join temp.evse_match as evse_match
    on evse_match.location_no = offer.location_no
    and evse_match.evse_uid = connector.evse_uid
inner join temp.current_connector as first_connector
    on first_connector.location_no = evse_match.preferred_location_no
    and first_connector.evse_uid = evse_match.preferred_evse_uid
    and first_connector.standard is not distinct from connector.standard
inner join mart.offer_row as first_one
    on first_one.connector_no = first_connector.connector_no
left join mart.headline as headline on headline.quote_no = offer.quote_no
left join mart.headline as first_headline on first_headline.quote_no = first_one.quote_no
where offer.preferred_feed is not null
    and (
        coalesce(headline.state, 'unknown') not in ('priced', 'free')
        or (
            first_headline.state in ('priced', 'free')
            and first_one.payment_method = offer.payment_method
        )
    )
group by offer.rowid;

-- All others stay counted.
update mart.offer_row
set preferred_feed = null
where preferred_feed is not null and rowid not in (select offer_row from temp.twin);

-- Of several feeds the next one stands in, and no other.
update mart.offer_row
set is_preferred_doubtful = true
where
    rowid in (
        select offer_row
        from temp.twin
        where is_first_doubtful and not is_doubtful
        qualify rank = min(rank) over (partition by evse_key, standard, payment_method)
    );
