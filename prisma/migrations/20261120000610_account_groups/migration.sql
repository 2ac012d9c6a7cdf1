-- Account groups: "All Accounts" by itself, only managed accounts in them, and packs that are shared again.

alter table "AccountGroupPack"
  add column "sharedAt" timestamptz(3) not null default app_now(),
  add column "sharedByName" text not null default '';

-- Installations of these packs may have fallen behind while nobody shared the packs with them. The job looks through
-- each pack's install base in the order of the ids, chunk by chunk, and remembers here how far it has come.
create table "SharingCatchUp" (
  "packId" uuid primary key references "IntegrationPack" (id) on delete cascade on update cascade,
  cursor uuid,
  attempts integer not null default 0,
  "lastError" text,
  "nextTryAt" timestamptz(3) not null,
  "requestedAt" timestamptz(3) not null
);
create index "SharingCatchUp_queue" on "SharingCatchUp" ("nextTryAt", "packId");

-- What is there already: names free for the system's groups, and no account in a group of somebody who does not manage it.
update "AccountGroup" set name = left(name, 240) || ' ' || left(id::text, 8)
where lower(name) = 'all accounts' and not "isDefault";
delete from "AccountGroupAccount" ga using "AccountGroup" g, "Account" a
where g.id = ga."groupId" and a.id = ga."accountId" and a."primaryAccountId" is distinct from g."primaryAccountId";

-- One function makes the default groups and fills them, for accounts that are new or have changed; nobody else has to
-- think of it. With transition tables, so that a thousand accounts cost a few statements.
create function keep_all_accounts(account_ids text[]) returns void language sql as $$
  insert into "AccountGroup" (id, "primaryAccountId", name, "isDefault")
  select gen_random_uuid(), a.id, 'All Accounts', true from "Account" a
  where (a.id = any(account_ids) and 'account-groups' = any(a.features))
    or a.id in (select m."primaryAccountId" from "Account" m where m.id = any(account_ids))
  on conflict ("primaryAccountId") where "isDefault" do nothing;

  insert into "AccountGroupAccount" ("groupId", "accountId")
  select g.id, m.id from "Account" m join "AccountGroup" g on g."primaryAccountId" = m."primaryAccountId" and g."isDefault"
  where m.id = any(account_ids)
  on conflict do nothing
$$;

create function accounts_added() returns trigger language plpgsql as $$
begin
  perform keep_all_accounts(array(select id from added));
  return null;
end $$;
create trigger "Account_added" after insert on "Account" referencing new table as added
  for each statement execute function accounts_added();

create function accounts_changed() returns trigger language plpgsql as $$
declare
  moved text[];
begin
  select array_agg(now_is.id) into moved from now_is join was using (id)
  where (now_is."primaryAccountId", now_is.features) is distinct from (was."primaryAccountId", was.features);
  if moved is null then return null; end if;
  delete from "AccountGroupAccount" ga using "AccountGroup" g, "Account" a
  where ga."accountId" = any(moved) and g.id = ga."groupId" and a.id = ga."accountId"
    and a."primaryAccountId" is distinct from g."primaryAccountId";
  perform keep_all_accounts(moved);
  return null;
end $$;
create trigger "Account_changed" after update on "Account" referencing old table as was new table as now_is
  for each statement execute function accounts_changed();

-- A default group that is written by hand is filled as well.
create function default_groups_added() returns trigger language plpgsql as $$
begin
  insert into "AccountGroupAccount" ("groupId", "accountId")
  select g.id, m.id from added g join "Account" m on m."primaryAccountId" = g."primaryAccountId" where g."isDefault"
  on conflict do nothing;
  return null;
end $$;
create trigger "AccountGroup_added" after insert on "AccountGroup" referencing new table as added
  for each statement execute function default_groups_added();

create function keep_default_group() returns trigger language plpgsql as $$
begin
  raise exception 'All Accounts stays as the system made it' using errcode = 'check_violation';
end $$;
create trigger "AccountGroup_default_kept" before delete on "AccountGroup" for each row
  when (old."isDefault") execute function keep_default_group();
create trigger "AccountGroup_default_same" before update on "AccountGroup" for each row
  when (old."isDefault" is distinct from new."isDefault" or old."primaryAccountId" <> new."primaryAccountId"
    or (old."isDefault" and old.name <> new.name))
  execute function keep_default_group();

-- A group holds accounts that its owner manages, never the owner itself nor anybody else's.
create function check_group_accounts() returns trigger language plpgsql as $$
begin
  if exists (
    select from added ga join "AccountGroup" g on g.id = ga."groupId" join "Account" a on a.id = ga."accountId"
    where a."primaryAccountId" is distinct from g."primaryAccountId"
  ) then
    raise exception 'An account group holds only accounts that its owner manages' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger "AccountGroupAccount_managed" after insert on "AccountGroupAccount" referencing new table as added
  for each statement execute function check_group_accounts();

-- From All Accounts an account goes only with its account or its group.
create function check_all_accounts() returns trigger language plpgsql as $$
begin
  if exists (
    select from gone ga join "AccountGroup" g on g.id = ga."groupId" and g."isDefault"
    join "Account" a on a.id = ga."accountId" and a."primaryAccountId" = g."primaryAccountId"
  ) then
    raise exception 'All Accounts holds every managed account' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger "AccountGroupAccount_kept" after delete on "AccountGroupAccount" referencing old table as gone
  for each statement execute function check_all_accounts();

select keep_all_accounts(array(select id from "Account"));
