-- mart.flag: what the codes in mart.offer.flags mean, and how many offers have each.
create table mart.flag (
    flag varchar not null,
    meaning varchar not null,
    offers bigint not null,
);
comment on column mart.flag.flag is 'code in mart.offer.flags';
comment on column mart.flag.meaning is 'in plain words';
comment on column mart.flag.offers is 'offers that have it';
