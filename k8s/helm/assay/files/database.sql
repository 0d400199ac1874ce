-- The database of an installation: one schema and three roles per service. Run it as a superuser, connected to that
-- database; doing it again changes nothing. Roles come without a password and without login: set both afterwards
-- (alter role ... login password ...), or let an operator do it.
do $$
declare
  service text;
  kind text;
  role text;
begin
  revoke all on schema public from public;
  execute format('revoke all on database %I from public', current_database());
  foreach service in array array['ingest', 'quality', 'cost', 'alert'] loop
    foreach kind in array array['owner', 'writer', 'reader'] loop
      role := service || '_' || kind;
      if not exists (select from pg_roles where rolname = role) then
        execute format('create role %I nosuperuser nocreatedb nocreaterole noreplication nobypassrls noinherit', role);
      end if;
      execute format('grant connect on database %I to %I', current_database(), role);
      execute format('alter role %I set search_path = %I', role, service);
      execute format('alter role %I set timezone = %L', role, 'UTC');
    end loop;
    execute format('create schema if not exists %I authorization %I', service, service || '_owner');
    execute format('revoke all on schema %I from public', service);
    execute format('grant usage on schema %I to %I, %I', service, service || '_writer', service || '_reader');
  end loop;
end
$$;
