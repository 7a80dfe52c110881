-- Requests of learners are found by who made them, as credentials are.
set local search_path = cairn;

alter table recognition_request add find text generated always as (fold(learner || ' ' || email)) stored;
alter table stack_request add find text generated always as (fold(learner || ' ' || email)) stored;
