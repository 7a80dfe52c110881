-- Two roles that nobody logs in with: the application's, bound by row-level security, and the platform's, for look-ups before a tenant is known.
-- The login needs CREATEROLE for it, or both roles prepared and granted to it by whoever runs the cluster.
do $$
declare
  wanted name;
  -- Since 16 whoever creates a role may administer it, but not become it.
  become text := case when current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end;
begin
  foreach wanted in array array['cairn_app', 'cairn_platform'] loop
    if to_regrole(wanted::text) is null then
      begin
        execute format('create role %I nologin nobypassrls', wanted);
      exception when duplicate_object or unique_violation then null; -- Another database of the same cluster was quicker.
      end;
    end if;
    if not pg_has_role(current_user, wanted, become) then execute format('grant %I to %I', wanted, current_user); end if;
  end loop;
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
