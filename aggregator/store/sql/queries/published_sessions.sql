-- The sessions by which the prices of this snapshot are compared.
select session_code, energy_kwh, charging_minutes, parking_minutes, start_weekday, start_time
from mart.session;
