-- Editions are public; the acceptance matrix asks about the newest of each specification that is not put away.
set local search_path = cairn;

create function offered_editions(most int) returns table (tenant uuid, content jsonb, total bigint) language sql stable security definer set search_path = cairn as $$
  select newest.tenant, newest.content, count(*) over () from (
    select distinct on (e.tenant, e.specification) e.tenant, e.content, e.published_at from edition e
      join specification s on s.tenant = e.tenant and s.id = e.specification and not s.archived order by e.tenant, e.specification, e.version desc
  ) newest order by newest.published_at desc limit most
$$;
revoke execute on function offered_editions from public;
grant execute on function offered_editions to cairn_platform;
