-- What was valid at a moment (UTC): select * from core.tariff_as_of(timestamp '2026-11-01 12:00').
create or replace macro core.location_as_of(moment) as table
select *
from core.location
where valid_from <= moment and (valid_to is null or moment < valid_to);

create or replace macro core.evse_as_of(moment) as table
select *
from core.evse
where valid_from <= moment and (valid_to is null or moment < valid_to);

create or replace macro core.evse_status_as_of(moment) as table
select *
from core.evse_status
where valid_from <= moment and (valid_to is null or moment < valid_to);

create or replace macro core.connector_as_of(moment) as table
select *
from core.connector
where valid_from <= moment and (valid_to is null or moment < valid_to);

create or replace macro core.tariff_as_of(moment) as table
select *
from core.tariff
where valid_from <= moment and (valid_to is null or moment < valid_to);
