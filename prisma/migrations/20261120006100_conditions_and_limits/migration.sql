-- A repeated request gets the tag of what it changed as well.
alter table "IdempotencyRecord" add column etag text;

-- How often a way of signing in was tried within a minute of the machine's clock, for all instances together. What it is
-- about is only there as a hash. A crash may empty it: unlogged, because it is written with every bad try.
create unlogged table "SignInAttempt" (
  "keyHash" bytea primary key,
  count integer not null,
  "startedAt" timestamptz(3) not null default now()
);
create index "SignInAttempt_startedAt_idx" on "SignInAttempt" ("startedAt");
