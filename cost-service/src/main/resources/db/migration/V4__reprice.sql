-- Prices that reach back over calls that have a price already: looked at first, then applied, and taken back if wanted.
create table reprice_job (
  tenant          text        not null,
  -- also the id of the price that it brings
  job_id          uuid        not null,
  provider        text        not null,
  model           text        not null,
  effective_from  timestamptz not null,
  currency        text        not null,
  rates           jsonb       not null,
  -- previewed, applied or undone
  state           text        not null,
  created_time    timestamptz not null default now(),
  created_by      text        not null,
  applied_time    timestamptz,
  applied_by      text,
  undone_time     timestamptz,
  undone_by       text,
  -- of the preview, and of what was then done
  calls           bigint      not null,
  unpriced_before bigint      not null,
  cost_before     numeric     not null,
  cost_after      numeric     not null,
  primary key (tenant, job_id)
);
select assay_protect('reprice_job');
