-- Prices, the ledger, users and tasks. Times are microseconds and days are days since 1970-01-01, as in the contracts.

-- A catalogue and from when its prices hold. content: the catalogue file (assay-prices/1), gzip. Versions are never changed.
create table price_version (
  version         text        not null primary key,
  effective_from  timestamptz not null,
  currency        text        not null,
  source          text        not null,
  installed_time  timestamptz not null default now(),
  content         bytea       not null
);
grant select, insert on price_version to "${writer}";
grant select on price_version to "${reader}";

-- A project's own price of one model; it replaces the catalogue's from its date on. rates: rate name -> decimal text.
create table price_override (
  tenant          text        not null,
  override_id     uuid        not null,
  seq             bigint      generated always as identity,
  provider        text        not null,
  model           text        not null,
  effective_from  timestamptz not null,
  currency        text        not null,
  rates           jsonb       not null,
  created_time    timestamptz not null default now(),
  created_by      text        not null,
  primary key (tenant, override_id)
);
select assay_protect('price_override');

-- Rises with each change of prices; the sink reads it in its transaction and loads anew what it does not have.
create table price_state (
  only_row  boolean not null primary key default true check (only_row),
  revision  bigint  not null
);
insert into price_state (revision) values (0);
grant select, update on price_state to "${writer}";
grant select on price_state to "${reader}";

-- One row per call, filed under the day of the first start time seen.
create table ledger (
  tenant             text     not null,
  ledger_day         integer  not null,
  -- 128 bits of SHA-256(tenant, 0, event_id)
  id                 uuid     not null,
  event_id           text     not null,
  -- the revision of llm.calls.v1 that the row stands at
  generation         bigint   not null,
  position           bigint   not null,
  -- the call no longer counts; the row keeps older revisions out
  withdrawn          boolean  not null,
  start_us           bigint   not null,
  series_id          bigint   not null,
  user_id            text,
  -- 64 bits of SHA-256(tenant, 0, user_id)
  user_hash          bigint,
  task_id            text,
  -- input and output
  tokens             bigint   not null,
  currency           text     not null,
  -- null: unpriced, and unpriced_reason says why
  list_cost          numeric,
  unpriced_reason    text,
  unpriced_detail    text,
  price_version      text,
  price_key          text,
  price_match        text,
  price_assumed      boolean  not null,
  -- [{"class","quantity","unit_price","rate","amount"}], decimals as text; the amounts sum to list_cost
  charges            jsonb,
  -- as told by the sender, where it can be added up with list costs
  reported_cost      numeric,
  -- assay.llm.v1.Call: its billing fields alone, to price it again
  billing            bytea    not null,
  primary key (tenant, ledger_day, id)
) partition by range (ledger_day);
select assay_protect('ledger');
create index ledger_by_time on ledger (tenant, start_us);

-- Makes room for a day. It may run beside inserts: attaching a table locks out only another attach. The writer must not
-- own tables, so this runs as the owner.
create function open_day(day integer) returns boolean language plpgsql security definer set search_path from current as $$
declare
  part text := 'ledger_' || to_char(date '1970-01-01' + day, 'YYYYMMDD');
begin
  if to_regclass(quote_ident(part)) is not null then
    return false;
  end if;
  perform pg_advisory_xact_lock(hashtext('cost.open_day'), day);
  if to_regclass(quote_ident(part)) is not null then
    return false;
  end if;
  execute format('create table %I (like ledger including defaults including constraints)', part);
  execute format('alter table ledger attach partition %I for values from (%s) to (%s)', part, day, day + 1);
  return true;
end $$;
revoke all on function open_day(integer) from public;
grant execute on function open_day(integer) to "${writer}";

-- Names of models that have been priced: a new price for one of them must not reach back.
create table priced_model (
  tenant    text not null,
  provider  text not null,
  model     text not null,
  primary key (tenant, provider, model)
);
select assay_protect('priced_model');

-- Who called in an hour, and what it cost; made distinct when read. A source's counts may be negative, their sum is right.
create table user_hour (
  tenant     text     not null,
  hour       integer  not null,
  series_id  bigint   not null,
  user_hash  bigint   not null,
  source     smallint not null,
  calls      bigint   not null,
  list_cost  numeric  not null,
  primary key (tenant, hour, series_id, user_hash, source)
);
select assay_protect('user_hour');

-- The first outcome told of each task; later ones are duplicates.
create table task_outcome (
  tenant   text     not null,
  task_id  text     not null,
  success  boolean  not null,
  end_us   bigint   not null,
  primary key (tenant, task_id)
);
select assay_protect('task_outcome');
