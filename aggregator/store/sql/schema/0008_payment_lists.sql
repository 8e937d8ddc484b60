-- What OCPI 2.3.0 adds about paying. accepted_service_providers: whose contracts the EVSE takes.
-- connector_capabilities: of any of its connectors, such as Plug & Charge.
-- Both are empty where nothing is stated, as they are for all that was received before this step.
alter table core.evse add column accepted_service_providers varchar[] default [];
alter table core.evse add column connector_capabilities varchar[] default [];
