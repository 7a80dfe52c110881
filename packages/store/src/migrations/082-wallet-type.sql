-- Under which type an institution gives its micro-credentials to wallets: the European one, or our own, which extends it.
set local search_path = cairn;

alter table institution add wallet_type text not null default 'learning-credential'
  check (wallet_type in ('learning-credential', 'micro-credential'));
