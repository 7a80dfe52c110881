-- Who made a key for programs, so that they are no second pair of eyes for it; and when a cap of it was last reached and its owners told (R-KEY-5).
set local search_path = cairn;

alter table api_key add created_by text, add capped_at timestamptz;
