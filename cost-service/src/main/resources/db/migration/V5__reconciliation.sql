-- Bills of providers, to be compared with the ledger. An import is never changed: what came in later is told apart by what
-- the ledger held when the bill was imported.
create table reconciliation (
  tenant             text        not null,
  -- 128 bits of SHA-256 over the project, how the bill is read, and its bytes: the same bill is the same reconciliation
  reconciliation_id  uuid        not null,
  format             text        not null,
  currency           text        not null,
  -- UTC days, both included
  first_day          date        not null,
  last_day           date        not null,
  created_time       timestamptz not null default now(),
  created_by         text        not null,
  primary key (tenant, reconciliation_id)
);
select assay_protect('reconciliation');

create table reconciliation_line (
  tenant             text     not null,
  reconciliation_id  uuid     not null,
  line               integer  not null,
  day                date     not null,
  provider           text     not null,
  model              text,
  -- usage, credit or fee
  kind               text     not null,
  tier               text     not null,
  part               text     not null,
  amount             numeric  not null,
  rounding_bound     numeric  not null,
  primary key (tenant, reconciliation_id, line)
);
select assay_protect('reconciliation_line');

-- The list cost that the ledger held at the import.
create table reconciliation_computed (
  tenant             text     not null,
  reconciliation_id  uuid     not null,
  day                date     not null,
  provider           text     not null,
  model              text     not null,
  list_cost          numeric  not null,
  primary key (tenant, reconciliation_id, day, provider, model)
);
select assay_protect('reconciliation_computed');
