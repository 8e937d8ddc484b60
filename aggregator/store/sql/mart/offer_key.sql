-- temp.offer_key: which connector, tariff, quote and way to pay make each offer, in the order in
-- which people choose: sorting is the index, and few narrow columns are sorted fast.
create or replace temp table offer_key as
with priced as (
    select
        link.*,
        connector.power_class,
        connector.max_power_kw,
        connector.standard as connector_standard,
        connector.changed_at,
        connector.last_seen_at,
        connector.capabilities,
        location.country,
        location.tax_country,
        location.region_1,
        named_tariff.tariff_type,
        quote.quote_no,
        quote.state = 'free' as is_free,
    from temp.link as link
    inner join temp.current_connector as connector using (connector_no)
    inner join temp.current_location as location on location.location_no = link.location_no
    inner join temp.named_tariff as named_tariff using (named_no)
    left join temp.vat_law as law
        on named_tariff.lacks_rate
        and law.country = location.tax_country
        and law.region_1 is not distinct from location.region_1
        and law.party = location.country_code || '*' || location.party_id
    left join temp.quote as quote
        on link.is_valid
        and quote.content_hash = named_tariff.content_hash
        and quote.time_zone is not distinct from location.time_zone
        and quote.session_code = connector.session_code
        and quote.vat_rate is not distinct from law.vat_rate
        and quote.vat_source is not distinct from law.vat_source
)
select
    priced.connector_no,
    priced.location_no,
    priced.named_no,
    priced.quote_no,
    priced.country,
    priced.tax_country,
    priced.region_1,
    priced.power_class,
    priced.max_power_kw,
    priced.connector_standard,
    priced.changed_at,
    priced.last_seen_at,
    payment.payment_method,
    payment.payment_certainty,
from priced
left join temp.payment as payment
    on priced.is_valid
    and payment.capabilities = priced.capabilities
    and payment.tariff_type is not distinct from priced.tariff_type
    and payment.is_free = coalesce(priced.is_free, false)
order by priced.location_no, priced.connector_no;
