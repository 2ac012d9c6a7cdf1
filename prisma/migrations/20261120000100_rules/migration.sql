-- What the schema language cannot say. Every rule here settles a race that code alone would lose.

-- People and accounts
create unique index "User_email_key" on "User" (lower(email));
create unique index "Role_default_key" on "Role" ("defaultRole") where "defaultRole" is not null;
alter table "Role" add constraint "Role_owner" check (("accountId" is null) = ("defaultRole" is not null));
create unique index "AccountGroup_default_key" on "AccountGroup" ("primaryAccountId") where "isDefault";

-- Packaged components: immutable, and a version text stays taken for ever.
alter table "PackagedComponent" add constraint "PackagedComponent_shareable_types"
  check (not shareable or "componentType" in ('process', 'webservice'));
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% rows cannot be changed', tg_table_name;
end $$;
create trigger "PackagedComponent_immutable" before update on "PackagedComponent" for each row
  when ((old.id, old."accountId", old."componentId", old."revisionId", old.ordinal, old.version, old."componentName",
         old."componentType", old.folder, old.notes, old.shareable, old."createdAt", old."createdByName")
    is distinct from
        (new.id, new."accountId", new."componentId", new."revisionId", new.ordinal, new.version, new."componentName",
         new."componentType", new.folder, new.notes, new.shareable, new."createdAt", new."createdByName"))
  execute function refuse_change();
create trigger "PackagedComponent_kept" before delete on "PackagedComponent" for each row execute function refuse_change();
create trigger "ComponentRevision_immutable" before update or delete on "ComponentRevision"
  for each row execute function refuse_change();
create index "PackagedComponent_newest" on "PackagedComponent" ("componentId", ordinal desc)
  where shareable and "deletedAt" is null;

-- Packs
create unique index "IntegrationPack_name_key" on "IntegrationPack" ("accountId", lower(name)) where "deletedAt" is null;
alter table "IntegrationPack" add constraint "IntegrationPack_name" check (char_length(name) between 1 and 255);
alter table "IntegrationPack" add constraint "IntegrationPack_description" check (char_length(description) <= 500);

-- Releases: one scheduled and one in progress a pack, and a queue that is read in order without sorting.
create unique index "Release_one_scheduled" on "Release" ("packId") where status = 'SCHEDULED';
create unique index "Release_one_in_progress" on "Release" ("packId") where status = 'IN_PROGRESS';
create index "Release_queue" on "Release" ("nextTryAt", id) where status in ('SCHEDULED', 'IN_PROGRESS');
alter table "Release" add constraint "Release_dated"
  check (timing = 'IMMEDIATE' or ("releaseOn" is not null and "timeZone" is not null and "zoneDataVersion" is not null));
alter table "Release" add constraint "Release_cancelled"
  check (status <> 'CANCELLED' or char_length("cancelReason") between 1 and 500);
alter table "Release" add constraint "Release_never_early" check ("startedAt" is null or "startedAt" >= "dueAt");
alter table "Release" add constraint "Release_notes" check (char_length(notes) <= 5000);
create trigger "ReleaseItem_frozen" before update on "ReleaseItem" for each row execute function refuse_change();

-- The install base
create unique index "Installation_single_key" on "Installation" ("packId", "accountId")
  where "packType" = 'SINGLE' and "uninstalledAt" is null;
create unique index "Installation_name_key" on "Installation" ("accountId", lower(name)) where "uninstalledAt" is null;
create index "Installation_base" on "Installation" ("packId", id) where "uninstalledAt" is null;
create unique index "Attachment_key" on "Attachment" ("installationId", "environmentId") where "detachedAt" is null;
create index "Attachment_base" on "Attachment" ("packId", id) where "detachedAt" is null;
create unique index "Environment_name_key" on "Environment" ("accountId", lower(name));
alter table "Environment" add constraint "Environment_name" check (char_length(name) between 1 and 80);

-- The audit log only grows.
create trigger "AuditEntry_append_only" before update or delete on "AuditEntry" for each row execute function refuse_change();
create trigger "AuditEntry_kept" before truncate on "AuditEntry" for each statement execute function refuse_change();

-- The four default roles, with the identifiers the public platform API gives them.
insert into "Role" (id, "accountId", name, "defaultRole", privileges) values
  ('fcb6dd44-0ca8-11e2-a477-1231381987a5', null, 'Administrator', 'administrator', '{}'),
  ('fcb6e2d0-0ca8-11e2-a477-1231381987a5', null, 'Standard User', 'standard-user', '{}'),
  ('fcb6e3b6-0ca8-11e2-a477-1231381987a5', null, 'Production Support', 'production-support', '{}'),
  ('fcb6e474-0ca8-11e2-a477-1231381987a5', null, 'Support', 'support', '{}');
