-- Drops the days before the given one, and tells how many. Dropping waits for whoever reads the table, and makes others wait
-- meanwhile; it gives up after two seconds and is tried again by the next run.
create function close_days(before integer) returns integer language plpgsql security definer set search_path from current
set lock_timeout = '2s' as $$
declare
  part record;
  closed integer := 0;
begin
  perform pg_advisory_xact_lock(hashtext('ingest.close_days'));
  for part in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent in ('call'::regclass, 'call_content'::regclass)
      and to_date(right(c.relname, 8), 'YYYYMMDD') - date '1970-01-01' < before
    order by c.relname
  loop
    execute format('drop table %I', part.relname);
    closed := closed + 1;
  end loop;
  return closed;
end $$;
revoke all on function close_days(integer) from public;
grant execute on function close_days(integer) to "${writer}";
