-- Seals that last: what a seal was raised to, beside the bytes as they were first sealed, which never change. A row without bytes waits for its first level.
set local search_path = cairn;

create table credential_seal (
  tenant uuid, credential uuid, level text not null default 'B-B' check (level in ('B-B', 'B-T', 'B-LT', 'B-LTA')), bytes bytea,
  raised_at timestamptz, protected_until timestamptz, next_at timestamptz not null, attempts int not null default 0, problem text,
  primary key (tenant, credential), foreign key (tenant, credential) references credential, check ((bytes is null) = (level = 'B-B'))
);
alter table credential_seal alter column bytes set storage external;
create index credential_seal_due on credential_seal (next_at);
call guard('credential_seal');
revoke delete on credential_seal from cairn_app;
