-- Managed accounts, told apart by their names; a suspended one remembers what it was, to become that again.
alter table "Account" add column "suspendedFrom" "AccountStatus";
alter table "Account" add constraint "Account_name" check (char_length(name) between 1 and 255);

-- What is there already: of those with one name all but the oldest get their ids beside it.
update "Account" set name = left(name, 180) || ' ' || id where id in (
  select id from (
    select id, row_number() over (partition by "primaryAccountId", lower(name) order by "createdAt", id) as place
    from "Account" where "primaryAccountId" is not null and status <> 'deleted') named
  where place > 1);
create unique index "Account_name_key" on "Account" ("primaryAccountId", lower(name))
  where "primaryAccountId" is not null and status <> 'deleted';

-- Where a user worked last, so that the next sign-in goes on there. The machine's time, like a session's.
create table "AccountVisit" (
  "userId" uuid not null references "User" (id) on delete cascade,
  "accountId" text not null references "Account" (id) on delete cascade on update cascade,
  "visitedAt" timestamptz(3) not null default now(),
  primary key ("userId", "accountId")
);
create index "AccountVisit_accountId_idx" on "AccountVisit" ("accountId");
