-- Accounts, roles and groups as administrators set them up.
alter table "Account"
  add column "supportAccessRoleId" uuid references "Role" (id) on delete set null,
  add column "legacyDeployment" boolean not null default false,
  add column version integer not null default 1,
  add column "changedAt" timestamptz(3) not null default app_now(),
  add column "changedByName" text not null default '';

-- Nobody can sign in with a password that was never set: an invited user, or one who comes by single sign-on.
alter table "User" alter column "passwordHash" drop not null;

alter table "Role"
  add column "parentRoleId" uuid references "Role" (id),
  add column description text not null default '',
  add column version integer not null default 1,
  add column "changedAt" timestamptz(3) not null default app_now(),
  add column "changedByName" text not null default '';
alter table "Role" add constraint "Role_not_its_own_parent" check ("parentRoleId" <> id);
create index "Role_parentRoleId_idx" on "Role" ("parentRoleId");
create unique index "Role_name_key" on "Role" ("accountId", lower(name)) where "accountId" is not null;

create type "AlertLevel" as enum ('NONE', 'INFO', 'WARNING', 'ERROR');
alter table "AccountGroup"
  add column "autoSubscribeAlertLevel" "AlertLevel" not null default 'NONE',
  add column version integer not null default 1,
  add column "changedAt" timestamptz(3) not null default app_now(),
  add column "changedByName" text not null default '';
create unique index "AccountGroup_name_key" on "AccountGroup" ("primaryAccountId", lower(name));
alter table "AccountGroup" add constraint "AccountGroup_name" check (char_length(name) between 1 and 255);

create table "AccountGroupUser" (
  "groupId" uuid not null references "AccountGroup" (id) on delete cascade,
  "userId" uuid not null references "User" (id) on delete cascade,
  "roleId" uuid not null references "Role" (id),
  "createdAt" timestamptz(3) not null default app_now(),
  primary key ("groupId", "userId", "roleId")
);
create index "AccountGroupUser_userId_idx" on "AccountGroupUser" ("userId");
create index "AccountGroupUser_roleId_idx" on "AccountGroupUser" ("roleId");

create table "AccountGroupRole" (
  "groupId" uuid not null references "AccountGroup" (id) on delete cascade,
  "roleId" uuid not null references "Role" (id) on delete cascade,
  primary key ("groupId", "roleId")
);
create index "AccountGroupRole_roleId_idx" on "AccountGroupRole" ("roleId");

-- Who may work in which account, and by which role. Direct access wins over that through a group.
create view "AccountAccess" as
  select m."userId", m."accountId", m."roleId", true as "isDirect" from "Membership" m
  union
  select u."userId", a."accountId", u."roleId", false
  from "AccountGroupUser" u join "AccountGroupAccount" a on a."groupId" = u."groupId"
  where not exists (
    select from "Membership" m where m."userId" = u."userId" and m."accountId" = a."accountId");

-- A role and those it inherits from. A ring, should one ever be stored, ends by itself.
create function role_lineage(role_id uuid) returns setof "Role" language sql stable as $$
  with recursive lineage (id) as (
    select role_id
    union
    select r."parentRoleId" from lineage l join "Role" r on r.id = l.id where r."parentRoleId" is not null)
  select r.* from lineage l join "Role" r on r.id = l.id
$$;

-- Ways in: invitations, forgotten passwords and tokens. Only hashes are kept; times are the machine's.
create table "Invitation" (
  id uuid primary key default gen_random_uuid(),
  "accountId" text not null references "Account" (id) on delete cascade,
  email text not null,
  "firstName" text not null default '',
  "lastName" text not null default '',
  "roleIds" uuid[] not null,
  "tokenHash" bytea not null,
  "createdAt" timestamptz(3) not null default now(),
  "expiresAt" timestamptz(3) not null,
  "acceptedAt" timestamptz(3),
  "withdrawnAt" timestamptz(3),
  "invitedByName" text not null default ''
);
create unique index "Invitation_tokenHash_key" on "Invitation" ("tokenHash");
create unique index "Invitation_open_key" on "Invitation" ("accountId", lower(email))
  where "acceptedAt" is null and "withdrawnAt" is null;

create table "PasswordReset" (
  id uuid primary key default gen_random_uuid(),
  "userId" uuid not null references "User" (id) on delete cascade,
  "tokenHash" bytea not null,
  "createdAt" timestamptz(3) not null default now(),
  "expiresAt" timestamptz(3) not null,
  "usedAt" timestamptz(3)
);
create unique index "PasswordReset_tokenHash_key" on "PasswordReset" ("tokenHash");
create index "PasswordReset_userId_idx" on "PasswordReset" ("userId");

create table "ApiToken" (
  id uuid primary key default gen_random_uuid(),
  "userId" uuid not null references "User" (id) on delete cascade,
  "accountId" text not null references "Account" (id) on delete cascade,
  name text not null,
  "tokenHash" bytea not null,
  -- Null: whatever its user may do. Otherwise of that only these.
  scopes text[],
  "createdAt" timestamptz(3) not null default now(),
  "expiresAt" timestamptz(3),
  "lastUsedAt" timestamptz(3),
  "revokedAt" timestamptz(3),
  constraint "ApiToken_name" check (char_length(name) between 1 and 100)
);
create unique index "ApiToken_tokenHash_key" on "ApiToken" ("tokenHash");
create index "ApiToken_userId_idx" on "ApiToken" ("userId");
create index "ApiToken_accountId_idx" on "ApiToken" ("accountId");

-- What happened and is to be told: written with the act, spread afterwards by the job. The key makes one event one row.
create table "Event" (
  id uuid primary key default gen_random_uuid(),
  key text not null,
  type text not null,
  at timestamptz(3) not null,
  "accountId" text not null,
  "packId" uuid,
  "releaseId" uuid,
  "objectId" text not null default '',
  "actorUserId" uuid,
  "actorName" text not null default '',
  data jsonb not null default '{}',
  "writtenAt" timestamptz(3) not null default now(),
  "spreadAt" timestamptz(3)
);
create unique index "Event_key_key" on "Event" (key);
create index "Event_waiting" on "Event" ("writtenAt", id) where "spreadAt" is null;
create index "Event_accountId_at_idx" on "Event" ("accountId", at);

alter type "ActorKind" add value 'TOKEN';
alter table "AuditEntry" add column "tokenId" uuid;
