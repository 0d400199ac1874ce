-- As before, but the second look asks the table of tables itself: a cached answer does not see what the last holder of the
-- lock has just made.
create or replace function open_day(day integer) returns boolean language plpgsql security definer set search_path from current as $$
declare
  part text := 'ledger_' || to_char(date '1970-01-01' + day, 'YYYYMMDD');
begin
  if exists (select from pg_class where relname = part and relnamespace = current_schema()::regnamespace) then
    return false;
  end if;
  perform pg_advisory_xact_lock(hashtext('cost.open_day'), day);
  if exists (select from pg_class where relname = part and relnamespace = current_schema()::regnamespace) then
    return false;
  end if;
  execute format('create table %I (like ledger including defaults including constraints)', part);
  execute format('alter table ledger attach partition %I for values from (%s) to (%s)', part, day, day + 1);
  return true;
end $$;
