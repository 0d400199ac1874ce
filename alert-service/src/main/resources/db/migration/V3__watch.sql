-- The watcher is watched: what is wrong with alerting itself, and the heartbeat.

-- kind: pipeline_lag, missed_evaluations, delivery_failed, delivery_late. subject: a service or a receiver's name.
create table self_alert (
  tenant      text        not null,
  kind        text        not null,
  subject     text        not null,
  detail      text        not null,
  since_time  timestamptz not null,
  firing      boolean     not null,
  primary key (tenant, kind, subject)
);
select assay_protect('self_alert');

-- One row for the installation: when alerting was last looked at, and how the last heartbeat went. Its lock says which
-- replica looks, or beats.
create table watch (
  one           boolean     not null primary key default true check (one),
  looked_time   timestamptz,
  beat_time     timestamptz,
  beat_sent     boolean     not null default false,
  beat_detail   text        not null default ''
);
insert into watch default values;
grant select, update on watch to "${writer}";
grant select on watch to "${reader}";

-- Whether a receiver is told what is wrong with alerting itself: those that there are as well, for nobody else would be.
alter table receiver add column self_alerts boolean not null default true;
grant select (self_alerts) on receiver to "${reader}";

create index delivery_finished on delivery (finished_time) where state in ('delivered', 'failed');
