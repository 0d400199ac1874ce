-- How much a judge may be asked in a day (UTC). null tokens: no limit of its own.
alter table judge
  add column daily_calls bigint not null default 10000,
  add column daily_tokens bigint;

-- What was asked on a day. A question is reserved here before it is asked, so the limit holds over replicas and restarts.
-- tokens: as the endpoint told them, estimated where it did not. reached_us: when a question did not fit any more.
create table judge_spend (
  tenant      text    not null,
  day         integer not null,
  calls       bigint  not null,
  tokens      bigint  not null,
  skipped     bigint  not null,
  reached_us  bigint,
  primary key (tenant, day)
);
select assay_protect('judge_spend');
