-- Keys for programs: stored as a hash, each for some groups of operations, with an end, and with a cap on what it may have sealed (R-KEY-5, R-KEY-6).
set local search_path = cairn;

create table api_key (
  tenant uuid, id uuid, label text not null, hint text not null, token_hash bytea not null, scopes text[] not null, per_hour int not null,
  per_day int not null, created_at timestamptz not null, created_name text not null, expires_at timestamptz not null, last_used_at timestamptz,
  withdrawn_at timestamptz, primary key (tenant, id)
);
create index api_key_token on api_key (token_hash);

-- How many awards a key confirmed, and when; what is older than a day is let go.
create table api_key_use (
  tenant uuid, key uuid, at timestamptz, awards int not null, primary key (tenant, key, at), foreign key (tenant, key) references api_key
);
call guard('api_key'); call guard('api_key_use');
revoke delete on api_key from cairn_app;

create function find_api_key(hash bytea) returns table (tenant uuid, id uuid) language sql stable security definer set search_path = cairn as
  $$ select tenant, id from api_key where token_hash = hash $$;
revoke execute on function find_api_key from public;
grant execute on function find_api_key to cairn_platform;

-- What a key had sealed, for revoking all of it since a moment.
create index credential_by_key on credential (tenant, actor, sealed_at) where actor like 'key:%';
