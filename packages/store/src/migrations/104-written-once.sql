-- A fill of a stencil may stand in several places, and the id of the credential in many: where they stand again, a piece has the number of the fill between two
-- marks that no JSON has, 0 for the id. What was kept before has no marks.
set local search_path = cairn;

create or replace function exact_text(c credential) returns text language plpgsql stable set search_path = cairn as $$
declare
  exact text;
  mark constant text := chr(1);
begin
  select string_agg(piece || coalesce(c.fills[n], ''), '' order by n) into exact
  from stencil f, unnest(f.pieces) with ordinality as p(piece, n) where f.tenant = c.tenant and f.digest = c.stencil;
  exact := replace(exact, mark || '0' || mark, 'urn:uuid:' || c.id);
  for fill in 1 .. cardinality(c.fills) loop
    exit when strpos(exact, mark) = 0;
    exact := replace(exact, mark || fill || mark, c.fills[fill]);
  end loop;
  return exact;
end $$;
