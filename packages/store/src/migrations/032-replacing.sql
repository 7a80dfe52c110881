-- A credential that takes the place of another. The old one says by which it was replaced from the moment at which the new one is sealed.
set local search_path = cairn;

alter table credential add supersedes uuid, add superseded_by uuid;
alter table batch_row add replaces uuid;
create index batch_row_replacing on batch_row (tenant, replaces) where replaces is not null;

-- A replacement may keep the number of what it replaces; a look for a number needs no other index.
drop index credential_reference;
create unique index credential_reference on credential (tenant, reference_number, coalesce(supersedes, '00000000-0000-0000-0000-000000000000'))
  where reference_number is not null;

-- A link to the new one that follows from a link to the old one: taken back together.
alter table share_link add follows uuid;
create index share_link_follows on share_link (tenant, follows) where follows is not null;
