-- Heartbeats taken in, by which a resent one is known; what they say is in the windows. Kept a day longer than they may be
-- late. id: 128 bits of SHA-256(tenant, 0, event_id).
create table heartbeat (
  tenant  text    not null,
  id      uuid    not null,
  minute  integer not null,
  primary key (tenant, id)
);
select assay_protect('heartbeat');
create index heartbeat_minute on heartbeat (minute);
