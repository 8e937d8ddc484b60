-- Other borders: every position is to be looked up again. What no location has any more goes as well.
delete from core.position
where
    borders <> $borders
    or (latitude, longitude) not in (
        select (latitude::double, longitude::double)
        from core.location
        where valid_to is null and latitude is not null and longitude is not null
    );
