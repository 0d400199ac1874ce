-- Datasets for regression gates; a version never changes.
create table dataset_case (
  tenant    text    not null,
  name      text    not null,
  version   integer not null,
  position  integer not null,
  case_id   text    not null,
  input     text    not null,
  expected  text    not null,
  primary key (tenant, name, version, position)
);
select assay_protect('dataset_case');

create table gate (
  tenant           text    not null,
  gate_id          uuid    not null,
  name             text    not null,
  dataset          text    not null,
  dataset_version  integer not null,
  scorer           text    not null,
  pass_score       double precision not null,
  min_pass_rate    double precision,
  max_drop         double precision not null,
  baseline_run     uuid,
  created_us       bigint  not null,
  primary key (tenant, gate_id)
);
select assay_protect('gate');

create table gate_run (
  tenant      text    not null,
  run_id      uuid    not null,
  gate_id     uuid    not null,
  label       text    not null,
  baseline    uuid,
  created_us  bigint  not null,
  primary key (tenant, run_id)
);
select assay_protect('gate_run');

create table gate_result (
  tenant    text    not null,
  run_id    uuid    not null,
  position  integer not null,
  case_id   text    not null,
  output    text,
  score     double precision not null,
  passed    boolean not null,
  primary key (tenant, run_id, position)
);
select assay_protect('gate_result');
