-- Who an issuer of this installation is, for the documents that publish its keys to everybody.
create function find_issuer(iri text) returns table (tenant uuid, organisation jsonb) language sql stable security definer set search_path = cairn as
  $$ select i.tenant, i.organisation from institution i where i.organisation ->> 'id' = iri $$;
revoke execute on function find_issuer from public;
grant execute on function find_issuer to cairn_platform;
