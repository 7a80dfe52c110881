-- Sharing credit with institutions elsewhere: a membership, whoever wants to join, agreements with their signatures, transfers, and a ledger without names.
set local search_path = cairn;

-- The directory is the last one that was proven. The key that members share is encrypted; `head` is that of the ledger when a balance was last signed.
create table network (
  tenant uuid, id uuid, network text not null, me text not null, coordinator boolean not null, base text not null, pinned text not null,
  directory jsonb not null, directory_signed text not null, member_signed text, offers_signed text, used_signed text, leaving_signed text, shared_key bytea not null,
  head text not null default '', made_at timestamptz not null, primary key (tenant, id), unique (tenant, network)
);
create table network_applicant (
  tenant uuid, network uuid, member text, signed text not null, asked_at timestamptz not null, primary key (tenant, network, member),
  foreign key (tenant, network) references network
);
create table network_agreement (
  tenant uuid, network uuid, hash text, agreement jsonb not null, signatures text[] not null, arrived_at timestamptz not null,
  proposed_by text, proposed_name text, proposed_at timestamptz, primary key (tenant, network, hash), foreign key (tenant, network) references network
);

-- Out: what a learner of ours sent elsewhere; in: what came, and the request for recognition that it became. What is to go, goes until it was taken.
create table network_transfer (
  tenant uuid, id uuid, network uuid not null, transfer text not null, incoming boolean not null, peer text not null, agreement text not null,
  signed text not null, credential text not null, learner text not null, title text not null, made_at timestamptz not null,
  request uuid, answer text, answered_at timestamptz, outcome text, next_at timestamptz, attempts int not null default 0, problem text,
  primary key (tenant, id), unique (tenant, network, transfer), foreign key (tenant, network) references network,
  foreign key (tenant, request) references recognition_request
);
-- A credential is with one member once while it waits for an answer.
create unique index network_transfer_open on network_transfer (tenant, network, peer, credential) where not incoming and outcome is null and (next_at is not null or problem is null);
create unique index network_transfer_request on network_transfer (tenant, request);
create index network_transfer_due on network_transfer (next_at) where next_at is not null;

create table network_ledger (
  tenant uuid, network uuid, n int, entry jsonb not null, primary key (tenant, network, n), foreign key (tenant, network) references network
);
create trigger network_ledger_immutable before update or delete on network_ledger for each row execute function refuse_change();
create table network_balance (
  tenant uuid, network uuid, peer text, quarter text, signed text not null, issued_at timestamptz not null, theirs text,
  primary key (tenant, network, peer, quarter), foreign key (tenant, network) references network
);

call guard('network'); call guard('network_applicant'); call guard('network_agreement'); call guard('network_transfer');
call guard('network_ledger'); call guard('network_balance');
revoke update, delete on network_ledger from cairn_app;

-- Look-ups before a tenant is known: a membership by its address, and what is due to go.
create function find_network(network uuid) returns table (tenant uuid, id uuid) language sql stable security definer set search_path = cairn as
  $$ select tenant, id from network where network.id = find_network.network $$;
create function due_transfers(at timestamptz, most int) returns table (tenant uuid, id uuid) language sql stable security definer set search_path = cairn as
  $$ select tenant, id from network_transfer where next_at <= at order by next_at limit most $$;
revoke execute on function find_network, due_transfers from public;
grant execute on function find_network, due_transfers to cairn_platform;
