-- Keys take turns: a new one seals from a day on, the one before it is kept for what it sealed (R-KEY-3).
set local search_path = cairn;

alter table seal_key add seals_from timestamptz;
