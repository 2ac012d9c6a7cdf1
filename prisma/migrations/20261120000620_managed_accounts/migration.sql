-- A suspended account remembers what it was, to become that again.
alter table "Account" add column "suspendedFrom" "AccountStatus";
update "Account" set features = '{}' where features is null;
alter table "Account" alter column features set default '{}', alter column features set not null;
alter table "Account" add constraint "Account_name" check (char_length(name) between 1 and 255);

-- Managed accounts are listed by name. Two of one name are only refused to the primary account: one that renames itself
-- must not find out what others are called.
create index "Account_managed_name_idx" on "Account" ("primaryAccountId", lower(name), id);

-- Where a user worked last, so that the next sign-in goes on there. The machine's time, like a session's.
create table "AccountVisit" (
  "userId" uuid not null references "User" (id) on delete cascade,
  "accountId" text not null references "Account" (id) on delete cascade on update cascade,
  "visitedAt" timestamptz(3) not null default now(),
  primary key ("userId", "accountId")
);
create index "AccountVisit_accountId_idx" on "AccountVisit" ("accountId");
