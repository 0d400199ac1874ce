-- Tables that every service with a sink has, in its own schema.

create function assay_protect(table_name text) returns void language plpgsql as $$
begin
  execute format('grant select, insert, update, delete on %I to %I', table_name, '${writer}');
  execute format('grant select on %I to %I', table_name, '${reader}');
  execute format('alter table %I enable row level security', table_name);
  execute format('alter table %I force row level security', table_name);
  execute format('create policy writer_all on %I to %I using (true) with check (true)', table_name, '${writer}');
  execute format('create policy owner_all on %I to current_user using (true) with check (true)', table_name);
  execute format(
    'create policy reader_own on %I for select to %I using (tenant = current_setting(''assay.tenant'', true))',
    table_name, '${reader}');
end $$;

-- The position of each partition's fold. next_offset moves with the fold, published_offset once what the fold sent has
-- been acknowledged.
create table consumer_offset (
  topic_id         smallint not null,
  partition_id     integer  not null,
  next_offset      bigint   not null default 0,
  published_offset bigint   not null default 0,
  lost_records     bigint   not null default 0,
  clock_us         bigint   not null default 0,
  primary key (topic_id, partition_id)
);
grant select, insert, update, delete on consumer_offset to "${writer}";
grant select on consumer_offset to "${reader}";

-- Event time seen per project and source: the project's clock.
create table project_clock (
  tenant    text     not null,
  source    smallint not null,
  clock_us  bigint   not null,
  primary key (tenant, source)
);
select assay_protect('project_clock');

create table dead_letter (
  tenant         text        not null,
  topic          text        not null,
  partition_id   integer     not null,
  record_offset  bigint      not null,
  record_key     bytea,
  record_value   bytea,
  reason         text        not null,
  found_time     timestamptz not null default now(),
  sent           boolean     not null default false,
  replayed       boolean     not null default false,
  primary key (topic, partition_id, record_offset)
);
select assay_protect('dead_letter');
create index dead_letter_unsent on dead_letter (topic, partition_id, record_offset) where not sent;

create table series (
  tenant          text   not null,
  series_id       bigint not null,
  environment     text   not null,
  app             text   not null,
  endpoint        text   not null,
  provider        text   not null,
  model           text   not null,
  variant         text   not null,
  prompt_version  text   not null,
  primary key (tenant, series_id)
);
select assay_protect('series');

-- One minute of one series from one source; minute counts from 1970-01-01T00:00Z. state: assay.kpi.v1.WindowState.
create table rollup_minute (
  tenant      text     not null,
  minute      integer  not null,
  series_id   bigint   not null,
  source      smallint not null,
  generation  bigint   not null,
  position    bigint   not null,
  sent        boolean  not null default false,
  state       bytea    not null,
  primary key (tenant, minute, series_id, source)
);
select assay_protect('rollup_minute');
create index rollup_minute_unsent on rollup_minute (source, minute) where not sent;

-- An hour made of its minutes; only where hour_dirty has no row for it.
create table rollup_hour (
  tenant      text     not null,
  hour        integer  not null,
  series_id   bigint   not null,
  source      smallint not null,
  generation  bigint   not null,
  position    bigint   not null,
  state       bytea    not null,
  primary key (tenant, hour, series_id, source)
);
select assay_protect('rollup_hour');

create table hour_dirty (
  tenant  text     not null,
  hour    integer  not null,
  source  smallint not null,
  primary key (tenant, hour, source)
);
select assay_protect('hour_dirty');
