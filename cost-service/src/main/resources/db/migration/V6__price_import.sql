-- Lists of prices that an operator has looked at, and of those the ones that became versions. Prices are of the whole
-- installation, as price_version is; what is a project's own is in price_override.
create table price_import (
  import_id       uuid        not null primary key,
  version         text        not null,
  -- null: a minute after it is applied
  effective_from  timestamptz,
  -- previewed or applied
  state           text        not null,
  -- the version that the preview was compared with
  base_version    text        not null,
  source          text        not null,
  currency        text        not null,
  created_time    timestamptz not null default now(),
  created_by      text        not null,
  applied_time    timestamptz,
  applied_by      text,
  -- the catalogue file (assay-prices/1), gzip
  content         bytea       not null
);
grant select, insert, update, delete on price_import to "${writer}";
