-- An offer stays counted where the record that goes first has none like it: with the same plug, and
-- for a price with a price for the same way to pay.
update mart.offer
set preferred_feed = null
where preferred_feed is not null
    and rowid not in (
        select offer.rowid
        from mart.offer as offer
        inner join temp.evse_match as evse_match
            on evse_match.feed = offer.feed
            and evse_match.country_code = offer.country_code
            and evse_match.party_id = offer.party_id
            and evse_match.location_id = offer.location_id
            and evse_match.evse_uid = offer.evse_uid
        inner join mart.offer as first_one
            on first_one.feed = evse_match.preferred_feed
            and first_one.country_code = evse_match.preferred_country_code
            and first_one.party_id = evse_match.preferred_party_id
            and first_one.location_id = evse_match.preferred_location_id
            and first_one.evse_uid = evse_match.preferred_evse_uid
            and first_one.connector_standard is not distinct from offer.connector_standard
        where offer.preferred_feed is not null
            and (
                offer.state not in ('priced', 'free')
                or (
                    first_one.state in ('priced', 'free')
                    and first_one.payment_method = offer.payment_method
                )
            )
    );
