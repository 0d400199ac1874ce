-- The ledger: one row per event, filed under the day of the first start time seen. Times are microseconds and days are
-- days since 1970-01-01, as in the contracts.

-- Every event by its id, whatever day it is filed under and whichever partition it came through. id: 128 bits of
-- SHA-256(tenant, 0, event_id); trace: 64 bits of SHA-256(tenant, 0, trace_id).
create table seen (
  tenant      text    not null,
  id          uuid    not null,
  ledger_day  integer not null,
  trace       bigint,
  primary key (tenant, id)
);
select assay_protect('seen');
create index seen_trace on seen (trace) where trace is not null;

create table call (
  tenant         text     not null,
  ledger_day     integer  not null,
  id             uuid     not null,
  event_id       text     not null,
  trace_id       text,
  start_us       bigint   not null,
  series_id      bigint   not null,
  countable      boolean  not null,
  superseded     boolean  not null,
  status         smallint not null,
  user_id        text,
  session_id     text,
  -- the revision: generation, and the record that last changed the row
  generation     bigint   not null,
  partition_id   integer  not null,
  record_offset  bigint   not null,
  -- what the clean stream last said: 0 nothing, 1 the call, 2 withdrawn
  sent           smallint not null,
  -- assay.llm.v1.Call as the ledger resolved it, without content
  call           bytea    not null,
  -- assay.llm.v1.AcceptedEvents: what the event's own records say, where that is more than the call tells
  records        bytea,
  primary key (tenant, ledger_day, id)
) partition by range (ledger_day);
select assay_protect('call');
create index call_by_time on call (tenant, start_us, id);
-- for what a crash left unsent; offsets grow with the table, so block ranges are enough
create index call_by_offset on call using brin (record_offset) with (pages_per_range = 32);

create table call_content (
  tenant      text    not null,
  ledger_day  integer not null,
  id          uuid    not null,
  -- assay.llm.v1.Call with nothing but content
  content     bytea   not null,
  records     bytea,
  primary key (tenant, ledger_day, id)
) partition by range (ledger_day);
select assay_protect('call_content');

-- Events of one partition that belong to another and have to be appended there.
create table forwarded (
  tenant         text    not null,
  partition_id   integer not null,
  record_offset  bigint  not null,
  position       integer not null,
  record_key     bytea   not null,
  record_value   bytea   not null,
  primary key (partition_id, record_offset, position)
);
select assay_protect('forwarded');

create table event_count (
  tenant      text     not null,
  source      smallint not null,
  accepted    bigint   not null default 0,
  duplicate   bigint   not null default 0,
  merged      bigint   not null default 0,
  superseded  bigint   not null default 0,
  folded      bigint   not null default 0,
  rejected    bigint   not null default 0,
  primary key (tenant, source)
);
select assay_protect('event_count');

-- Makes room for a day; true if it was there before. It may run beside inserts: attaching a table locks out only another
-- attach, and one that waits for it finds the day open. The writer must not own tables, so this runs as the owner.
create function open_day(day integer) returns boolean language plpgsql security definer set search_path from current as $$
declare
  base text;
  part text;
  made boolean := false;
begin
  perform pg_advisory_xact_lock(hashtext('ingest.open_day'), day);
  foreach base in array array['call', 'call_content'] loop
    part := base || '_' || to_char(date '1970-01-01' + day, 'YYYYMMDD');
    if to_regclass(quote_ident(part)) is null then
      execute format('create table %I (like %I including defaults including constraints)', part, base);
      execute format('alter table %I attach partition %I for values from (%s) to (%s)', base, part, day, day + 1);
      made := true;
    end if;
  end loop;
  return not made;
end $$;
revoke all on function open_day(integer) from public;
grant execute on function open_day(integer) to "${writer}";
