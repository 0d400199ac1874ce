-- The detectors that a score came from: one row per set of versions, shared by all projects.
create table detector_release (
  release     smallint generated always as identity primary key,
  evaluators  text[]   not null unique
);
grant select, insert on detector_release to "${writer}";
grant select on detector_release to "${reader}";

-- Each countable call, what the detectors said of it, and what it added to its window (presence, findings, words), so that
-- a revision takes exactly that back. Scores are null where a detector lacked its input.
create table call_score (
  tenant             text     not null,
  ledger_day         integer  not null,
  event_hash         uuid     not null,
  event_id           text     not null,
  generation         bigint   not null,
  position           bigint   not null,
  source             smallint not null,
  record_offset      bigint   not null,
  event_time_us      bigint   not null,
  minute             integer  not null,
  series_id          bigint   not null,
  user_hash          uuid,
  withdrawn          boolean  not null,
  presence           smallint not null,
  findings           integer  not null,
  words              integer  not null,
  release            smallint,
  toxicity           real,
  refusal            real,
  harmful_prompt     real,
  jailbreak_attempt  real,
  jailbreak_success  real,
  groundedness       real,
  pii                real,
  labels             integer  not null,
  primary key (tenant, ledger_day, event_hash)
);
select assay_protect('call_score');
create index call_score_event on call_score (tenant, event_hash);
create index call_score_minute on call_score (tenant, minute);
create index call_score_changed on call_score (source, record_offset);

-- The opening of a call's query, for finding what low ratings were about; kept apart from figures, and gone with erasure.
create table call_text (
  tenant      text    not null,
  event_hash  uuid    not null,
  trace_hash  uuid,
  minute      integer not null,
  query       text    not null,
  primary key (tenant, event_hash)
);
select assay_protect('call_text');
create index call_text_trace on call_text (tenant, trace_hash);

-- Feedback, once per event_id; what came last is what counts.
create table feedback (
  tenant         text     not null,
  event_hash     uuid     not null,
  event_id       text     not null,
  received_us    bigint   not null,
  digest         bytea    not null,
  event_time_us  bigint   not null,
  minute         integer  not null,
  series_id      bigint   not null,
  user_hash      uuid,
  call_hash      uuid,
  trace_hash     uuid,
  call_event_id  text     not null,
  stars          smallint,
  thumb_up       boolean,
  nps            smallint,
  comment        text     not null,
  category       text     not null,
  issues         integer  not null,
  primary key (tenant, event_hash)
);
select assay_protect('feedback');
create index feedback_minute on feedback (tenant, minute);

-- Outcomes, once per task_id; what came last is what counts.
create table task_outcome (
  tenant         text     not null,
  task_hash      uuid     not null,
  task_id        text     not null,
  received_us    bigint   not null,
  digest         bytea    not null,
  minute         integer  not null,
  series_id      bigint   not null,
  user_hash      uuid,
  success        boolean  not null,
  duration_us    bigint   not null,
  primary key (tenant, task_hash)
);
select assay_protect('task_outcome');
create index task_outcome_minute on task_outcome (tenant, minute);

-- Users seen in an hour of a series, by source; events may be negative in one source, their sum over sources is right.
create table user_hour (
  tenant     text     not null,
  hour       integer  not null,
  series_id  bigint   not null,
  user_hash  uuid     not null,
  source     smallint not null,
  events     integer  not null,
  primary key (tenant, hour, series_id, user_hash, source)
);
select assay_protect('user_hour');
