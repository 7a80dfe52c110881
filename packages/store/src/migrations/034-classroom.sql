-- Claiming in a classroom: a short code that is open for some hours, who claimed by it, and the batch of those who were there.
set local search_path = cairn;

create table classroom (
  tenant uuid, id uuid, edition uuid not null, code text not null unique, opened_at timestamptz not null, opened_by text not null, opened_name text not null,
  closes_at timestamptz not null, batch uuid, primary key (tenant, id), foreign key (tenant, edition) references edition
);
create table classroom_claim (
  tenant uuid, id uuid, classroom uuid not null, token_hash bytea not null unique, learner jsonb not null, claimed_at timestamptz not null, row_number int,
  primary key (tenant, id), foreign key (tenant, classroom) references classroom
);
create index classroom_claim_of on classroom_claim (tenant, classroom, claimed_at);
call guard('classroom'); call guard('classroom_claim');

-- Look-ups before a tenant is known. A code that is closed looks like one that never was.
create function find_classroom(wanted text) returns table (tenant uuid, id uuid) language sql stable security definer set search_path = cairn as
  $$ select tenant, id from classroom where code = wanted and batch is null and closes_at > now() $$;
create function find_classroom_claim(hash bytea) returns table (tenant uuid, id uuid) language sql stable security definer set search_path = cairn as
  $$ select tenant, id from classroom_claim where token_hash = hash $$;
revoke execute on function find_classroom, find_classroom_claim from public;
grant execute on function find_classroom, find_classroom_claim to cairn_platform;
