-- What every credential of a batch says alike is kept once. An intention is a stencil and what fills its gaps: its exact bytes are the stencil's pieces with the
-- fills between them, and its digest is theirs. A picture of 60 KB is then written with the seal alone.
set local search_path = cairn;

create table stencil (tenant uuid, digest bytea, pieces text[] not null, primary key (tenant, digest));
call guard('stencil');
revoke update, delete on stencil from cairn_app;

alter table credential add column stencil bytea, add column fills text[];
insert into stencil (tenant, digest, pieces) select distinct tenant, '\x00'::bytea, array['', ''] from credential;
update credential set stencil = '\x00', fills = array[payload];
alter table credential alter column stencil set not null, alter column fills set not null, drop column payload,
  add foreign key (tenant, stencil) references stencil;

-- The exact bytes that were recorded before the seal.
create function exact_text(c credential) returns text language sql stable set search_path = cairn as $$
  select string_agg(piece || coalesce(c.fills[n], ''), '' order by n)
  from stencil f, unnest(f.pieces) with ordinality as p(piece, n) where f.tenant = c.tenant and f.digest = c.stencil
$$;

-- How many places of a list were given out; counting them anew for every few hundred credentials takes longer the more there are.
alter table status_list add column places int not null default 0;
update status_list l set places = (select count(*) from credential c where c.tenant = l.tenant and c.status_list = l.id);

-- Work goes through a batch from one end to the other, by row. No index names the state, so that sealing a credential writes to no index at all.
drop index credential_of_batch;
create index credential_of_batch on credential (tenant, batch, row_number);
alter table credential set (fillfactor = 50);
