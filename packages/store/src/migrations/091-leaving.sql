-- Whoever leaves a network leaves at once; its coordinator is told until it has heard. `leaving_next` is when it is told next, and absent once it was.
set local search_path = cairn;
alter table network add column leaving_next timestamptz, add column leaving_tries int not null default 0;
create index network_leaving on network (leaving_next) where leaving_next is not null;
create function due_leavings(at timestamptz, most int) returns table (tenant uuid, id uuid) language sql stable security definer set search_path = cairn as
  $$ select tenant, id from network where leaving_next <= at order by leaving_next limit most $$;
revoke execute on function due_leavings from public;
grant execute on function due_leavings to cairn_platform;
