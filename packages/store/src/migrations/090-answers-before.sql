-- An answer that an appeal changed is kept beside the one that takes its place, as both were signed, first to last.
set local search_path = cairn;
alter table network_transfer add column earlier text[] not null default '{}';
