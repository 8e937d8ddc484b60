-- mart.acceptance: how one can pay: one row per distinct statement of EVSEs and way to pay.
create table mart.acceptance (
    acceptance_no integer not null,
    payment_method varchar not null,
    certainty varchar not null,
    evidence varchar not null,
);
comment on column mart.acceptance.acceptance_no is 'of mart.connector; counted anew in every snapshot';
comment on column mart.acceptance.payment_method is 'card, app, contract, plug_and_charge or free';
comment on column mart.acceptance.certainty is
    'yes, likely, not_stated or no; what is left out of a record proves nothing';
comment on column mart.acceptance.evidence is 'the OCPI field and value that say so';

create table mart.service_provider (
    provider varchar not null,
    evses bigint not null,
);
comment on table mart.service_provider is
    'one row per provider whose contracts EVSEs say they take: OCPI accepted_service_providers, from 2.3.0 on';
comment on column mart.service_provider.provider is 'as stated; in mart.connector.accepted_service_providers';
comment on column mart.service_provider.evses is 'number of EVSEs that name it';
