-- A hash of 128 random bits or more is unique by itself. An index that says so for all tenants together could not be spread over several machines.
set local search_path = cairn;

alter table invitation drop constraint invitation_token_hash_key;
alter table claim drop constraint claim_token_hash_key;
alter table share_link drop constraint share_link_token_hash_key;
alter table recognition_request drop constraint recognition_request_token_hash_key;
alter table classroom_claim drop constraint classroom_claim_token_hash_key;
create index invitation_token on invitation (token_hash);
create index claim_token on claim (token_hash);
create index share_link_token on share_link (token_hash);
create index recognition_request_token on recognition_request (token_hash);
create index classroom_claim_token on classroom_claim (token_hash);
