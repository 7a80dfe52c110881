-- At most one message for a credential and what happened to it. What a person asks for again has no event, and goes as often as it is asked for.
-- A message that the recipient's server refused for good is told apart from one that waits.
set local search_path = cairn;

alter table outbox add column event text;
alter table outbox add column refused_at timestamptz;
create unique index outbox_once on outbox (tenant, credential, event) where event is not null;
