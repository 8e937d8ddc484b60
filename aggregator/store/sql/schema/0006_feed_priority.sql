-- Where one EVSE is in several feeds, that of the feed with the highest priority is preferred.
alter table core.feed add column priority integer;
