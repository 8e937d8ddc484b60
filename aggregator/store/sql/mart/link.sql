-- temp.link: one row per shown connector and tariff it names.
-- Tariffs that are not valid now are left out where the connector has one that is.
create or replace temp table link as
with wanted as (
    select
        connector_no,
        location_no,
        feed,
        country_code,
        party_id,
        unnest(if(len(tariff_ids) = 0, [null::varchar], tariff_ids)) as tariff_id,
    from temp.current_connector
),
named as (
    select
        wanted.connector_no,
        wanted.location_no,
        named_tariff.named_no,
        named_tariff.missing_because is null as is_valid,
    from wanted
    inner join temp.named_tariff as named_tariff
        on named_tariff.feed = wanted.feed
        and named_tariff.country_code = wanted.country_code
        and named_tariff.party_id = wanted.party_id
        and named_tariff.tariff_id is not distinct from wanted.tariff_id
)
select connector_no, location_no, named_no, is_valid,
from named
where is_valid
union all
select connector_no, location_no, named_no, is_valid,
from named
anti join (
    select connector_no
    from named
    where is_valid
) as valid using (connector_no);

-- Two spellings of one tariff's id are one tariff.
delete from temp.link
where rowid in (
    select link.rowid
    from temp.link as link
    inner join temp.named_tariff as named_tariff using (named_no)
    semi join (
        select tariff_row
        from temp.named_tariff
        where tariff_row is not null
        group by feed, country_code, party_id, tariff_row
        having count(*) > 1
    ) as spelled using (tariff_row)
    qualify row_number() over (
        partition by link.connector_no, named_tariff.tariff_row
        order by link.named_no
    ) > 1
);
