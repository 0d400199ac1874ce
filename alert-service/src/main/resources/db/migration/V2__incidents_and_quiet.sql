-- What people do about incidents, and what keeps alerts from being told.

-- closed: a person has said that it is over; it ends by itself when the condition does.
alter table incident
  add column acknowledged_time  timestamptz,
  add column acknowledged_by    text,
  add column owner              text,
  add column closed_time        timestamptz,
  add column closed_by          text;
create index incident_recent on incident (tenant, fired_at desc, incident_id desc);

-- Who did it and what they wrote; empty for what evaluations did.
alter table incident_event
  add column author  text not null default '',
  add column note    text not null default '';

-- definition: its JSON as on the wire.
create table silence (
  tenant        text        not null,
  silence_id    text        not null,
  definition    text        not null,
  ends_time     timestamptz,
  created_time  timestamptz not null default now(),
  primary key (tenant, silence_id)
);
select assay_protect('silence');

create table inhibition (
  tenant         text        not null,
  inhibition_id  text        not null,
  definition     text        not null,
  created_time   timestamptz not null default now(),
  primary key (tenant, inhibition_id)
);
select assay_protect('inhibition');

-- Another receiver of the project, by id, that is told what this one does not take; empty for none.
alter table receiver add column fallback text not null default '';
grant select (fallback) on receiver to "${reader}";

-- escalation: told only if nobody has acknowledged by next_attempt_time. state may be cancelled too.
alter table delivery add column escalation boolean not null default false;

-- The rules of files: which rule came from which file, so that one that is gone from its file goes from the project.
create table rule_origin (
  tenant   text not null,
  rule_id  text not null,
  file     text not null,
  primary key (tenant, rule_id)
);
select assay_protect('rule_origin');

-- Who changed what of alerting.
create table audit_entry (
  tenant         text        not null,
  seq            bigint      generated always as identity,
  recorded_time  timestamptz not null default now(),
  actor          text        not null,
  action         text        not null,
  object         text        not null,
  primary key (tenant, seq)
);
select assay_protect('audit_entry');
