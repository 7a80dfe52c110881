-- The tables of the main job. Every key starts with the tenant; ids are UUIDv7 made by the application.
set local search_path = cairn;

create table institution (
  tenant uuid primary key, organisation jsonb not null, four_eyes boolean not null default false, revision int not null default 0,
  created_at timestamptz not null
);

-- Who works where, and as what. A person is an account of the sign-in schema.
create table member (tenant uuid, person text, name text not null, email text not null, roles text[] not null, since timestamptz not null, primary key (tenant, person));
create table invitation (
  tenant uuid, id uuid, email text not null, roles text[] not null, token_hash bytea not null unique, created_at timestamptz not null,
  expires_at timestamptz not null, accepted_at timestamptz, primary key (tenant, id)
);

create table specification (
  tenant uuid, id uuid, draft jsonb not null, revision int not null default 0, archived boolean not null default false,
  saved_at timestamptz not null, mapping jsonb, primary key (tenant, id)
);

create table edition (
  tenant uuid, id uuid, specification uuid not null, version int not null, content jsonb not null, published_at timestamptz not null,
  primary key (tenant, id), unique (tenant, specification, version), foreign key (tenant, specification) references specification
);
create function refuse_change() returns trigger language plpgsql as $$ begin raise exception 'this record is immutable'; end $$;
create trigger edition_immutable before update or delete on edition for each row execute function refuse_change();

create table seal_key (
  tenant uuid, id uuid, label text not null, purpose text not null check (purpose in ('seal', 'status')),
  state text not null check (state in ('active', 'retired')), file jsonb not null, created_at timestamptz not null, primary key (tenant, id)
);

create table batch (
  tenant uuid, id uuid, edition uuid not null, state text not null, source text not null, created_at timestamptz not null,
  created_by text not null, created_name text not null, confirmed_by text, confirmed_name text, approved_by text, approved_name text,
  encoding text, separator text, header text[] not null, mapping jsonb not null, award_date text, problems jsonb not null default '[]',
  key uuid, primary key (tenant, id), foreign key (tenant, edition) references edition
);
create index batch_work on batch (state) where state in ('confirmed', 'sealing');

create table batch_row (
  tenant uuid, batch uuid, n int, cells jsonb not null, problems jsonb not null default '[]', duplicate_of text,
  left_out boolean not null default false, given jsonb, credential uuid, primary key (tenant, batch, n),
  foreign key (tenant, batch) references batch on delete cascade
);

create table status_list (
  tenant uuid, id uuid, purpose text not null, sequence int not null default 0, signed bytea, published_at timestamptz, valid_until timestamptz,
  created_at timestamptz not null, primary key (tenant, id)
);
create index status_list_renewal on status_list (valid_until);

create table credential (
  tenant uuid, id uuid, edition uuid not null, batch uuid, row_number int, state text not null, title text not null, learner text not null,
  email text, language text, reference_number text, award_date date not null, natural_key text not null,
  payload text not null, digest bytea not null, sealed bytea, key uuid not null, actor text not null,
  status_list uuid not null, status_index int not null,
  intended_at timestamptz not null, sealed_at timestamptz, delivered_at timestamptz, revoked_at timestamptz, reason text,
  primary key (tenant, id), unique (tenant, status_list, status_index), foreign key (tenant, edition) references edition
);
alter table credential alter column sealed set storage external;
create index credential_natural on credential (tenant, natural_key);
create index credential_newest on credential (tenant, intended_at desc, id);
create index credential_of_batch on credential (tenant, batch, state);
create index credential_revoked on credential (tenant, status_list) where revoked_at is not null;
create unique index credential_reference on credential (tenant, reference_number) where reference_number is not null;

create table reference_counter (tenant uuid, specification uuid, year int, last int not null, primary key (tenant, specification, year));

create table claim (
  tenant uuid, id uuid, credential uuid not null, token_hash bytea not null unique, created_at timestamptz not null, claimed_at timestamptz,
  primary key (tenant, id), foreign key (tenant, credential) references credential
);
create table share_link (
  tenant uuid, id uuid, credential uuid not null, token_hash bytea not null unique, created_at timestamptz not null, expires_at timestamptz,
  withdrawn_at timestamptz, primary key (tenant, id), foreign key (tenant, credential) references credential
);
create index share_link_of on share_link (tenant, credential);

create table outbox (
  tenant uuid, id uuid, kind text not null, credential uuid, recipient text not null, subject text not null, body text not null,
  created_at timestamptz not null, sent_at timestamptz, attempts int not null default 0, next_at timestamptz not null, problem text,
  primary key (tenant, id)
);
create index outbox_due on outbox (next_at) where sent_at is null;

-- Who may seal what, for the whole platform: public facts, so no tenant guards them; only the owner of an institution writes its own entry.
create table trust_entry (id uuid primary key, tenant uuid not null, entry jsonb not null, anchors text[] not null default '{}', demonstration boolean not null, created_at timestamptz not null);
grant select on trust_entry to cairn_app, cairn_platform;
grant insert, update on trust_entry to cairn_app;

create table event (
  tenant uuid, seq int, at timestamptz not null, actor text not null, name text not null, subject text, hash bytea not null, primary key (tenant, seq)
);
create trigger event_immutable before update or delete on event for each row execute function refuse_change();

create table idempotency (
  tenant uuid, key text, request_hash bytea not null, status int, answer text, created_at timestamptz not null, primary key (tenant, key)
);

call guard('institution'); call guard('member'); call guard('invitation'); call guard('specification'); call guard('edition');
call guard('seal_key'); call guard('batch'); call guard('batch_row'); call guard('status_list'); call guard('credential');
call guard('reference_counter'); call guard('claim'); call guard('share_link'); call guard('outbox'); call guard('event'); call guard('idempotency');
revoke update, delete on edition, event from cairn_app;

-- Look-ups before a tenant is known. Each answers a tenant and an id, or public bytes, and nothing else.
create function find_claim(hash bytea) returns table (tenant uuid, id uuid) language sql stable security definer set search_path = cairn as
  $$ select tenant, id from claim where token_hash = hash $$;
create function find_share(hash bytea) returns table (tenant uuid, id uuid) language sql stable security definer set search_path = cairn as
  $$ select tenant, id from share_link where token_hash = hash $$;
create function find_invitation(hash bytea) returns table (tenant uuid, id uuid) language sql stable security definer set search_path = cairn as
  $$ select tenant, id from invitation where token_hash = hash $$;
create function find_edition(edition uuid) returns table (tenant uuid, id uuid) language sql stable security definer set search_path = cairn as
  $$ select tenant, id from edition where edition.id = find_edition.edition $$;
create function find_memberships(account text) returns table (tenant uuid, roles text[], institution jsonb) language sql stable security definer set search_path = cairn as
  $$ select m.tenant, m.roles, i.organisation -> 'legalName' from member m join institution i on i.tenant = m.tenant where m.person = account order by m.since $$;
create function published_list(list uuid) returns table (signed bytea, sequence int, published_at timestamptz) language sql stable security definer set search_path = cairn as
  $$ select signed, sequence, published_at from status_list where status_list.id = list and signed is not null $$;
revoke execute on function find_claim, find_share, find_invitation, find_edition, find_memberships, published_list from public;
grant execute on function find_claim, find_share, find_invitation, find_edition, find_memberships, published_list to cairn_platform;
