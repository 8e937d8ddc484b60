-- Other borders: every position is to be looked up again.
delete from core.position
where borders <> $borders;
