-- Who is on call, and who is told next.

-- definition: its JSON as on the wire, without the overrides.
create table schedule (
  tenant        text        not null,
  schedule_id   text        not null,
  name          text        not null,
  definition    text        not null,
  created_time  timestamptz not null default now(),
  primary key (tenant, schedule_id),
  unique (tenant, name)
);
select assay_protect('schedule');

create table schedule_override (
  tenant       text        not null,
  schedule_id  text        not null,
  override_id  text        not null,
  seq          bigint      generated always as identity,
  person       text        not null,
  starts_time  timestamptz not null,
  ends_time    timestamptz not null,
  primary key (tenant, schedule_id, override_id),
  foreign key (tenant, schedule_id) references schedule (tenant, schedule_id) on delete cascade
);
select assay_protect('schedule_override');
create index schedule_override_end on schedule_override (ends_time);

create table escalation_policy (
  tenant        text        not null,
  policy_id     text        not null,
  name          text        not null,
  definition    text        not null,
  created_time  timestamptz not null default now(),
  primary key (tenant, policy_id),
  unique (tenant, name)
);
select assay_protect('escalation_policy');

-- An incident under a policy that nobody has acknowledged: the position of its next step, and when that is due.
create table page (
  tenant       text        not null,
  incident_id  text        not null,
  transition   text        not null,
  body         text        not null,
  policy       text        not null,
  position     integer     not null,
  due_time     timestamptz not null,
  primary key (tenant, incident_id)
);
select assay_protect('page');
create index page_due on page (due_time);
