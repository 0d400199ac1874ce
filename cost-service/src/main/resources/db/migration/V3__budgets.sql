-- Budgets: what may be spent in a period, what has been, and what is held for calls under way.

create table budget (
  tenant        text        not null,
  budget_id     uuid        not null,
  name          text        not null,
  limit_amount  numeric     not null,
  currency      text        not null,
  -- day, week or month, in the time zone
  period        text        not null,
  timezone      text        not null,
  hard          boolean     not null,
  -- {"app": ["shop"], …}: dimension -> wanted values
  filter        jsonb       not null,
  user_id       text,
  -- 64 bits of SHA-256(tenant, 0, user_id), as in the ledger
  user_hash     bigint,
  -- shares of the limit, ascending
  thresholds    text[]      not null,
  -- the period in which it was made: earlier ones were not counted
  first_period  date        not null,
  created_time  timestamptz not null default now(),
  created_by    text        not null,
  primary key (tenant, budget_id)
);
select assay_protect('budget');

-- Rises with each budget that comes or goes; the sink holds it shared in its transaction and loads anew what it does not
-- have. A new budget waits for the batches under way, sums what they have written, and later batches know it.
create table budget_state (
  only_row  boolean not null primary key default true check (only_row),
  revision  bigint  not null
);
insert into budget_state (revision) values (0);
grant select, update on budget_state to "${writer}";
grant select on budget_state to "${reader}";

-- What the ledger holds of a budget's period, by source: one writer a row, their sum is the spend. Source -1 is what the
-- ledger held when the budget was made.
create table budget_spend (
  tenant          text     not null,
  budget_id       uuid     not null,
  period_start    date     not null,
  source          smallint not null,
  amount          numeric  not null,
  unpriced_calls  bigint   not null,
  primary key (tenant, budget_id, period_start, source)
);
select assay_protect('budget_spend');

create table reservation (
  tenant           text        not null,
  budget_id        uuid        not null,
  reservation_id   uuid        not null,
  idempotency_key  text,
  -- what the request asked for, to tell a repetition from another request under the same key
  request          text        not null,
  period_start     date        not null,
  amount           numeric     not null,
  currency         text        not null,
  model            text        not null,
  created_time     timestamptz not null,
  -- held until then; afterwards it is given back, whatever became of its client
  expires_time     timestamptz not null,
  -- held, settled or released
  state            text        not null,
  settled_time     timestamptz,
  settled_amount   numeric,
  event_id         text,
  -- the ledger's id of event_id
  event_hash       uuid,
  -- the ledger has the call: its amount counts in place of settled_amount
  in_ledger        boolean     not null default false,
  primary key (tenant, budget_id, reservation_id)
);
select assay_protect('reservation');
create unique index reservation_key on reservation (tenant, budget_id, idempotency_key);
create index reservation_open on reservation (tenant, budget_id, period_start) 
  where state = 'held' or (state = 'settled' and not in_ledger);
