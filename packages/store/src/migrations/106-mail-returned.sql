-- A mail that a server took and that came back later: when, with which status (RFC 3463), and when its learner was written to again.
set local search_path = cairn;

alter table outbox add column returned_at timestamptz;
alter table outbox add column returned_as text;
alter table outbox add column resent_at timestamptz;
create index outbox_returned on outbox (tenant, credential) where returned_at is not null;
