-- A batch on its way: for when it is planned, when its seals were made, and from when its notices go out.
set local search_path = cairn;

alter table batch
  add seal_at timestamptz,                       -- Sealing begins not before.
  add notice_minutes int not null default 0,     -- Notices wait so long after the last seal,
  add notice_after timestamptz,                  -- and not before this moment.
  add confirmed_language text,                   -- Of the mail that says that it is done.
  add sealing_at timestamptz, add sealed_at timestamptz, add notice_at timestamptz;

-- Notices of a batch. Those that wait for its end are due at infinity until then.
alter table outbox add batch uuid;
create index outbox_of_batch on outbox (tenant, batch) where batch is not null;
