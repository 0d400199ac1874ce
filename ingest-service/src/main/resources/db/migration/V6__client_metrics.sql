-- Metrics that clients and servers measured themselves. A stream: one metric of one sender with one set of attributes.
create table metric_stream (
  tenant       text  not null,
  stream       uuid  not null,
  name         text  not null,
  app          text  not null,
  environment  text  not null,
  provider     text  not null,
  operation    text  not null,
  model        text  not null,
  token_type   text  not null,
  error_type   text  not null,
  primary key (tenant, stream)
);
select assay_protect('metric_stream');

-- slot_us: a delta's own time; of cumulative points the last of each minute is kept, under the minute.
create table metric_point (
  tenant      text     not null,
  stream      uuid     not null,
  start_us    bigint   not null,
  slot_us     bigint   not null,
  time_us     bigint   not null,
  delta       boolean  not null,
  count       bigint,
  sum         double precision,
  -- upper bounds of all buckets but the last; null when there are none
  bounds      double precision[],
  buckets     bigint[],
  primary key (tenant, stream, start_us, slot_us)
);
select assay_protect('metric_point');
create index metric_point_time on metric_point (tenant, time_us);
