-- What PagerDuty says.

-- The signing secret of the webhook by which PagerDuty tells of what people do there; sealed as secret is; null for none.
alter table receiver add column webhook_secret bytea;

-- Events that were taken, so that one that is sent again, by PagerDuty or by somebody else, changes nothing.
create table inbound_event (
  tenant         text        not null,
  receiver_id    text        not null,
  event_id       text        not null,
  received_time  timestamptz not null default now(),
  primary key (tenant, receiver_id, event_id)
);
select assay_protect('inbound_event');
create index inbound_event_age on inbound_event (received_time);
