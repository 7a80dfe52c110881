-- Two roles that nobody logs in with: the application's, bound by row-level security, and the platform's, for look-ups before a tenant is known.
do $$
begin
  if not exists (select from pg_roles where rolname = 'cairn_app') then create role cairn_app nologin nobypassrls; end if;
  if not exists (select from pg_roles where rolname = 'cairn_platform') then create role cairn_platform nologin nobypassrls; end if;
  execute format('grant cairn_app, cairn_platform to %I', current_user);
end $$;

grant usage on schema cairn to cairn_app, cairn_platform;

-- The tenant of this transaction; unset means none, and sees nothing.
create function cairn.current_tenant() returns uuid language sql stable as $$
  select nullif(current_setting('app.tenant', true), '')::uuid
$$;

-- Puts row-level security on a table, for its owner too.
create procedure cairn.guard(name regclass) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', name);
  execute format('alter table %s force row level security', name);
  execute format('create policy tenant on %s to cairn_app using (tenant = cairn.current_tenant()) with check (tenant = cairn.current_tenant())', name);
  -- The owner itself serves look-ups and the platform's jobs; it is bound too, by a policy that says so.
  execute format('create policy owner on %s to current_user using (true) with check (true)', name);
  execute format('grant select, insert, update, delete on %s to cairn_app', name);
end $$;
