-- Whose pathway a version is, before a tenant is known: one look-up instead of one for every institution.
set local search_path = cairn;

create index pathway_version_id on pathway_version (id);
create function find_pathway(wanted uuid) returns table (tenant uuid) language sql stable security definer set search_path = cairn as
  $$ select tenant from pathway_version where id = wanted $$;
revoke execute on function find_pathway from public;
grant execute on function find_pathway to cairn_platform;
