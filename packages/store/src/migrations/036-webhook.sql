-- Events told to programs of an institution: who is told of what, and each telling with what became of it. Written with the event itself.
set local search_path = cairn;

create table webhook (
  tenant uuid, id uuid, url text not null, events text[] not null, created_at timestamptz not null, created_name text not null,
  ended_at timestamptz, primary key (tenant, id)
);
create table webhook_delivery (
  tenant uuid, webhook uuid, event int, next_at timestamptz not null, attempts int not null default 0, sent_at timestamptz, status int,
  problem text, primary key (tenant, webhook, event), foreign key (tenant, webhook) references webhook, foreign key (tenant, event) references event
);
create index webhook_delivery_due on webhook_delivery (next_at) where sent_at is null;
call guard('webhook'); call guard('webhook_delivery');
