-- Reminders before a credential ends: at most one for each credential and event.
set local search_path = cairn;

alter table credential add valid_until date;
update credential c set valid_until = (r.given ->> 'validUntil')::date from batch_row r
  where r.tenant = c.tenant and r.batch = c.batch and r.n = c.row_number and r.given ? 'validUntil';
create index credential_ending on credential (valid_until) where valid_until is not null;

create table reminder (
  tenant uuid, credential uuid, event text, at timestamptz not null, primary key (tenant, credential, event),
  foreign key (tenant, credential) references credential
);
call guard('reminder');
revoke update, delete on reminder from cairn_app;
