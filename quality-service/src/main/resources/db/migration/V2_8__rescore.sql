-- Jobs that have earlier responses judged in the present epoch. state: 0 running, 1 paused, 2 done, 3 cancelled,
-- 4 superseded by another epoch. The place is that of the last response looked at.
create table rescore_job (
  tenant        text     not null,
  job_id        uuid     not null,
  epoch         text     not null,
  from_minute   integer  not null,
  end_minute    integer  not null,
  state         smallint not null default 0,
  total         bigint   not null,
  examined      bigint   not null default 0,
  queued        bigint   not null default 0,
  place_minute  integer  not null,
  place_hash    uuid     not null,
  created_us    bigint   not null,
  primary key (tenant, job_id)
);
select assay_protect('rescore_job');
-- A response that a job brought was sampled by the rules of another epoch: it stays out of windows, which have no weights.
alter table judge_task add column rescored boolean not null default false;
create unique index rescore_job_open on rescore_job (tenant) where state in (0, 1);
