-- What a countable call was to its user and session: for experiments and for what users do after an answer. Calls of no
-- known user and no session have no row. query_words are hashes of the question's words.
create table call_fact (
  tenant         text     not null,
  event_hash     uuid     not null,
  event_time_us  bigint   not null,
  minute         integer  not null,
  series_id      bigint   not null,
  user_hash      uuid,
  session_hash   uuid,
  trace_hash     uuid,
  duration_us    bigint,
  failed         boolean  not null,
  findings       integer  not null,
  query_words    integer[],
  primary key (tenant, event_hash)
);
select assay_protect('call_fact');
create index call_fact_user on call_fact (tenant, user_hash, event_time_us) where user_hash is not null;
create index call_fact_session on call_fact (tenant, minute, session_hash) where session_hash is not null;
create index feedback_user on feedback (tenant, user_hash) where user_hash is not null and stars is not null;
create index task_outcome_user on task_outcome (tenant, user_hash) where user_hash is not null;

-- layer: the exclusive group, or the experiment's own id; it holds the slots from first_slot to end_slot (exclusive).
create table experiment (
  tenant          text              not null,
  experiment_id   uuid              not null,
  name            text              not null,
  variants        text[]            not null,
  weights         double precision[] not null,
  exclusive_group text,
  first_slot      integer           not null,
  end_slot        integer           not null,
  tagged          boolean           not null,
  app             text,
  metrics         text[]            not null,
  primary_metric  text              not null,
  effect_metrics  text[]            not null,
  effects         double precision[] not null,
  started_us      bigint            not null,
  ended_us        bigint,
  primary key (tenant, experiment_id)
);
select assay_protect('experiment');
create unique index experiment_name on experiment (tenant, name) where ended_us is null;

-- Units that asked for their variant, and got one: the first answer stays.
create table experiment_unit (
  tenant         text    not null,
  experiment_id  uuid    not null,
  unit_hash      uuid    not null,
  variant        text    not null,
  assigned_us    bigint  not null,
  primary key (tenant, experiment_id, unit_hash)
);
select assay_protect('experiment_unit');
