-- Every filter of a rollout finds its rows in the order of the list by an index, in a release of a million rows, too.

-- What runs a release, among what runs others of its pack: the releases in use are found without the pack's history.
create index "Attachment_in_use" on "Attachment" ("packId", "releaseId", "accountId", id) where "detachedAt" is null;
drop index "Attachment_running";

-- Accounts in which nothing moves, no environment is without Atom, or no Atom without a node, have nothing in the list.
create index "Account_suspended" on "Account" (id) where status in ('suspended', 'deleted');
create index "Environment_bare" on "Environment" ("accountId", id) where "atomCount" = 0 and "deletedAt" is null;
drop index "Environment_without_atom";
create index "Atom_silent" on "Atom" ("accountId", "environmentId") where "nodeCount" = 0;
drop index "Atom_without_node";
create index "Atom_silent_cloud" on "Atom" (id) where "nodeCount" = 0 and type = 'CLOUD';

-- CreateTable
CREATE TABLE "InstallationName" (
    "installationId" UUID NOT NULL,
    "packId" UUID NOT NULL,
    "accountId" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "InstallationName_pkey" PRIMARY KEY ("installationId")
);

-- AddForeignKey
ALTER TABLE "InstallationName" ADD CONSTRAINT "InstallationName_installationId_fkey" FOREIGN KEY ("installationId") REFERENCES "Installation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The names of installations by their parts. Apart from the installations, each of which every release writes anew: with
-- this index on them a release would write two dozen entries for every name again. Where a pack is installed once, its
-- own name is that of all of them.
insert into "InstallationName" ("installationId", "packId", "accountId", name)
select id, "packId", "accountId", name from "Installation" where "packType" = 'MULTI';
create index "InstallationName_parts" on "InstallationName" using gin (name_parts(name));

create function keep_installation_name() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  insert into "InstallationName" ("installationId", "packId", "accountId", name)
  values (new.id, new."packId", new."accountId", new.name)
  on conflict ("installationId") do update set name = excluded.name;
  return null;
end $$;
create trigger "Installation_named" after insert or update of name on "Installation"
  for each row when (new."packType" = 'MULTI') execute function keep_installation_name();

-- As of the installations themselves.
alter table "InstallationName" enable row level security, force row level security;
create policy everything on "InstallationName" to packline_system using (true) with check (true);
create policy own_and_managed on "InstallationName" to packline_tenant
  using ("accountId" = current_setting('app.account_id', true) or "accountId" in (select managed_accounts()));
grant select, insert, update, delete on "InstallationName" to packline_system, packline_tenant;
