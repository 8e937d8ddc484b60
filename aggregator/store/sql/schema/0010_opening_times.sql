-- When a location can be reached; see domain/opening.py. Empty where nothing is stated, as it is for all
-- that was received before this step.
alter table core.location add column opening_times varchar[] default [];
