-- Where a query of the Platform API goes on: single use, half an hour by the machine's clock.
create table "PlatformQueryToken" (
  "tokenHash" bytea primary key,
  "accountId" text not null references "Account" (id) on delete cascade,
  "userId" uuid not null references "User" (id) on delete cascade,
  object text not null,
  filter jsonb,
  after text not null,
  "expiresAt" timestamptz(3) not null
);
create index "PlatformQueryToken_expiresAt_idx" on "PlatformQueryToken" ("expiresAt");
create index "PlatformQueryToken_accountId_idx" on "PlatformQueryToken" ("accountId");
create index "PlatformQueryToken_userId_idx" on "PlatformQueryToken" ("userId");
