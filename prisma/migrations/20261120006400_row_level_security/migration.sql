-- Row-level security: the second wall under every tenant's data, should a query forget whose data it reads.
--
-- The application never acts as the owner of these tables. For a request it takes the role "packline_tenant" and says in
-- app.account_id which account it acts for; without that it sees no tenant's rows. For what belongs to no single account
-- (sign-in, the background jobs) it takes "packline_system". Both roles exist before migrations run; neither may change
-- the schema, nor the audit log, nor empty a table.

grant usage on schema public to packline_tenant, packline_system;
grant select, insert, update, delete on all tables in schema public to packline_tenant, packline_system;
-- Which migrations there are is the migrator's business; that they are all there, the system may read.
do $$
begin
  if to_regclass('_prisma_migrations') is not null then
    revoke all on "_prisma_migrations" from packline_tenant, packline_system;
    grant select on "_prisma_migrations" to packline_system;
  end if;
end $$;
-- The audit log only grows.
revoke update, delete on "AuditEntry", "AuditSeal", "AuditSealEntry" from packline_tenant, packline_system;
revoke insert, update, delete on "AuditSeal", "AuditSealEntry", "AuditUnsealed" from packline_tenant;
-- A sign-in that is under way or tried belongs to no account.
revoke all on "SingleSignOn", "SignInAttempt" from packline_tenant;
-- Of a table to come the system may read and write rows; tenants only once a migration says which rows are theirs.
alter default privileges in schema public grant select, insert, update, delete on tables to packline_system;

-- Whose rows they are, where a release's own tables did not say: policies that look it up row by row cost too much.
-- Names that no other table has, so that statements of instances that are still to be replaced stay clear.
alter table "Release" add column "publisherId" text not null default '';
alter table "ReleaseItem" add column "publisherId" text not null default '', add column "inPackId" uuid;
alter table "PackItem" add column "publisherId" text not null default '';
update "Release" r set "publisherId" = k."accountId" from "IntegrationPack" k where k.id = r."packId";
update "PackItem" i set "publisherId" = k."accountId" from "IntegrationPack" k where k.id = i."packId";
alter table "ReleaseItem" disable trigger "ReleaseItem_frozen";
update "ReleaseItem" i set "publisherId" = r."publisherId", "inPackId" = r."packId"
from "Release" r where r.id = i."releaseId";
alter table "ReleaseItem" enable trigger "ReleaseItem_frozen";
alter table "ReleaseItem" alter column "inPackId" set not null;

create function published_by_pack() returns trigger language plpgsql as $$
begin
  select k."accountId" into strict new."publisherId" from "IntegrationPack" k where k.id = new."packId";
  return new;
end $$;
create function published_by_release() returns trigger language plpgsql as $$
begin
  select r."publisherId", r."packId" into strict new."publisherId", new."inPackId"
  from "Release" r where r.id = new."releaseId";
  return new;
end $$;
create trigger "Release_published" before insert on "Release" for each row execute function published_by_pack();
create trigger "PackItem_published" before insert on "PackItem" for each row execute function published_by_pack();
create trigger "ReleaseItem_published" before insert on "ReleaseItem"
  for each row execute function published_by_release();

-- What the database keeps by itself it keeps whoever acts.
alter function count_atoms() security definer set search_path = public, pg_temp;
alter function count_nodes() security definer set search_path = public, pg_temp;
alter function keep_all_accounts(text[]) security definer set search_path = public, pg_temp;
alter function accounts_added() security definer set search_path = public, pg_temp;
alter function accounts_changed() security definer set search_path = public, pg_temp;
alter function default_groups_added() security definer set search_path = public, pg_temp;
alter function check_group_accounts() security definer set search_path = public, pg_temp;
alter function check_all_accounts() security definer set search_path = public, pg_temp;
alter function members_gone() security definer set search_path = public, pg_temp;
alter function await_seal() security definer set search_path = public, pg_temp;
revoke execute on function keep_all_accounts(text[]) from public;

-- A view shows what its reader may see.
alter view "AccountAccess" set (security_invoker = true);
alter view "EnvironmentAtom" set (security_invoker = true);

-- Who is related to the account that acts. These read past the policies, and only where a statement meets rows that are
-- not the account's own. Sets, which PostgreSQL hashes, stand under what is read by the thousand; questions about one row
-- under the rest: a subquery in a policy is planned anew with every statement, and costs a page of a pack a fifth more.
create function managed_accounts() returns setof text language sql stable security definer rows 100
  set search_path = public, pg_temp as $$
  select id from "Account" where "primaryAccountId" = current_setting('app.account_id', true)
$$;
-- Users of the account, of those it manages and of the groups that lead into it; and those who have left it a trace.
create function known_users() returns setof uuid language sql stable security definer rows 100
  set search_path = public, pg_temp as $$
  select m."userId" from "Membership" m where m."accountId" = current_setting('app.account_id', true)
  union
  select m."userId" from "Membership" m join "Account" a on a.id = m."accountId"
    where a."primaryAccountId" = current_setting('app.account_id', true)
  union
  select u."userId" from "AccountGroupUser" u join "AccountGroup" g on g.id = u."groupId"
    where g."primaryAccountId" = current_setting('app.account_id', true)
  union
  select u."userId" from "AccountGroupUser" u join "AccountGroupAccount" ga on ga."groupId" = u."groupId"
    where ga."accountId" = current_setting('app.account_id', true)
  union
  select v."userId" from "AccountVisit" v where v."accountId" = current_setting('app.account_id', true)
  union
  select t."userId" from "ApiToken" t where t."accountId" = current_setting('app.account_id', true)
$$;

create function owned_groups() returns setof uuid language sql stable security definer rows 10
  set search_path = public, pg_temp as $$
  select id from "AccountGroup" where "primaryAccountId" = current_setting('app.account_id', true)
$$;

create function is_managed(account_id text) returns boolean language sql stable security definer
  set search_path = public, pg_temp as $$
  select exists (
    select from "Account" where id = account_id and "primaryAccountId" = current_setting('app.account_id', true))
$$;
-- A pack of somebody else that is shared with the account, or that it has installed at some time.
create function is_shared(pack_id uuid) returns boolean language sql stable security definer
  set search_path = public, pg_temp as $$
  select exists (
      select from "AccountGroupAccount" ga join "AccountGroupPack" gp on gp."groupId" = ga."groupId"
      where ga."accountId" = current_setting('app.account_id', true) and gp."packId" = pack_id)
    or exists (
      select from "Installation" i
      where i."accountId" = current_setting('app.account_id', true) and i."packId" = pack_id)
$$;
-- A package in a release of such a pack.
create function is_released(package_id uuid) returns boolean language sql stable security definer
  set search_path = public, pg_temp as $$
  select exists (
    select from "ReleaseItem" i where i."packageId" = package_id and i."inPackId" in (
      select gp."packId" from "AccountGroupAccount" ga join "AccountGroupPack" gp on gp."groupId" = ga."groupId"
      where ga."accountId" = current_setting('app.account_id', true)
      union all
      select n."packId" from "Installation" n where n."accountId" = current_setting('app.account_id', true)))
$$;
create function is_released_revision(component_id uuid, revision_id uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select from "PackagedComponent" p
    where p."componentId" = component_id and p."revisionId" = revision_id and is_released(p.id))
$$;
-- Its primary account, the publisher of a pack that it sees, the owner of an Atom Cloud that serves it.
create function is_known(account_id text) returns boolean language sql stable security definer
  set search_path = public, pg_temp as $$
  select exists (
      select from "Account"
      where id = current_setting('app.account_id', true) and "primaryAccountId" = account_id)
    or exists (
      select from "CloudAccount" c join "Atom" t on t.id = c."atomId"
      where c."accountId" = current_setting('app.account_id', true) and t."accountId" = account_id)
    or exists (
      select from "AccountGroupAccount" ga join "AccountGroup" g on g.id = ga."groupId"
      where ga."accountId" = current_setting('app.account_id', true) and g."primaryAccountId" = account_id)
    or exists (
      select from "Installation" i join "IntegrationPack" k on k.id = i."packId"
      where i."accountId" = current_setting('app.account_id', true) and k."accountId" = account_id)
$$;
-- An event of another account of which somebody here has a notice.
create function is_told(event_id uuid) returns boolean language sql stable security definer
  set search_path = public, pg_temp as $$
  select exists (
    select from "Notice" where "eventId" = event_id and "accountId" = current_setting('app.account_id', true))
$$;
create function owns_group(group_id uuid) returns boolean language sql stable security definer
  set search_path = public, pg_temp as $$
  select exists (
    select from "AccountGroup"
    where id = group_id and "primaryAccountId" = current_setting('app.account_id', true))
$$;
-- A group of its primary account that it is in.
create function is_in_group(group_id uuid) returns boolean language sql stable security definer
  set search_path = public, pg_temp as $$
  select exists (
    select from "AccountGroupAccount"
    where "groupId" = group_id and "accountId" = current_setting('app.account_id', true))
$$;
-- A role of its primary account that a group gives it, or one that such a role inherits from.
create function is_shared_role(role_id uuid) returns boolean language sql stable security definer
  set search_path = public, pg_temp as $$
  select exists (
    select from "AccountGroupAccount" ga join "AccountGroupRole" gr on gr."groupId" = ga."groupId"
    cross join lateral role_lineage(gr."roleId") l
    where ga."accountId" = current_setting('app.account_id', true) and l.id = role_id)
$$;
create function is_own_atom(atom_id uuid) returns boolean language sql stable security definer
  set search_path = public, pg_temp as $$
  select exists (select from "Atom" where id = atom_id and "accountId" = current_setting('app.account_id', true))
$$;
create function is_served_by(atom_id uuid) returns boolean language sql stable security definer
  set search_path = public, pg_temp as $$
  select exists (
    select from "CloudAccount"
    where "atomId" = atom_id and "accountId" = current_setting('app.account_id', true))
$$;

-- Does another account than this one let the user in? To be told from here on only that: which, nobody here may see.
create function is_let_in_elsewhere(user_id uuid, account_id text) returns boolean language sql stable security definer
  set search_path = public, pg_temp as $$
  select exists (select from "AccountAccess" where "userId" = user_id and "accountId" <> account_id)
    or exists (
      select from "AccountGroupUser" u join "AccountGroup" g on g.id = u."groupId"
      where u."userId" = user_id and g."primaryAccountId" <> account_id)
$$;

-- A fresh upload belongs to no revision yet.
alter table "Content" add column "uploaderId" text default nullif(current_setting('app.account_id', true), '');
create index "ComponentRevision_contentId_idx" on "ComponentRevision" ("contentId");

-- The wall stands around every table but these two, which say nothing about anybody.
do $$
declare
  name text;
begin
  for name in
    select tablename from pg_tables
    where schemaname = 'public' and tablename not in ('_prisma_migrations', 'DemoClock')
  loop
    execute format('alter table %I enable row level security, force row level security', name);
    execute format('create policy everything on %I to packline_system using (true) with check (true)', name);
  end loop;

  -- An account's own rows.
  foreach name in array array['Component', 'Webhook', 'IdempotencyRecord', 'PlatformQueryToken', 'AuditSeal',
    'AuditSealEntry']
  loop
    execute format($policy$create policy own on %I to packline_tenant
      using ("accountId" = current_setting('app.account_id', true))$policy$, name);
  end loop;
  create policy own on "PackItem" to packline_tenant using ("publisherId" = current_setting('app.account_id', true));

  -- Its own and those of the accounts it manages.
  foreach name in array array['Membership', 'AccountVisit', 'Invitation', 'ApiToken', 'Environment', 'Installation',
    'Attachment', 'ReleaseTarget', 'Delivery', 'DeployedPackage', 'Deployment', 'Notice', 'AuditEntry', 'AuditUnsealed']
  loop
    execute format($policy$create policy own_and_managed on %I to packline_tenant
      using ("accountId" = current_setting('app.account_id', true) or "accountId" in (select managed_accounts()))
      $policy$, name);
  end loop;
end $$;

-- What others may read besides: they may lock it as well, as whoever installs a pack does, but change nothing. Who owns
-- the row stands first everywhere, because PostgreSQL then asks no further.
create function let_read(table_name text, own text, others text) returns void language plpgsql as $$
begin
  execute format('create policy read on %I for select to packline_tenant using (%s or %s)', table_name, own, others);
  execute format('create policy change on %I for update to packline_tenant using (%s or %s) with check (%s)',
    table_name, own, others, own);
  execute format('create policy add on %I for insert to packline_tenant with check (%s)', table_name, own);
  execute format('create policy remove on %I for delete to packline_tenant using (%s)', table_name, own);
end $$;
select let_read('Account',
  $$(id = current_setting('app.account_id', true) or "primaryAccountId" = current_setting('app.account_id', true))$$,
  'is_known(id) or is_managed("primaryAccountId")');
select let_read('IntegrationPack', $$"accountId" = current_setting('app.account_id', true)$$,
  'is_shared(id) or is_managed("accountId")');
select let_read('Release', $$"publisherId" = current_setting('app.account_id', true)$$, 'is_shared("packId")');
select let_read('ReleaseItem', $$"publisherId" = current_setting('app.account_id', true)$$, 'is_shared("inPackId")');
select let_read('PackagedComponent', $$"accountId" = current_setting('app.account_id', true)$$, 'is_released(id)');
select let_read('AccountGroup', $$"primaryAccountId" = current_setting('app.account_id', true)$$, 'is_in_group(id) or is_managed("primaryAccountId")');
select let_read('AccountGroupUser', 'owns_group("groupId")', 'is_in_group("groupId")');
select let_read('AccountGroupRole', 'owns_group("groupId")', 'is_in_group("groupId")');
select let_read('Role', $$"accountId" = current_setting('app.account_id', true)$$,
  '"accountId" is null or is_shared_role(id) or is_managed("accountId")');
select let_read('Atom',
  $$("accountId" = current_setting('app.account_id', true) or "accountId" in (select managed_accounts()))$$,
  'is_served_by(id)');
select let_read('CloudAccount',
  $$("accountId" = current_setting('app.account_id', true) or "accountId" in (select managed_accounts()))$$,
  'is_own_atom("atomId")');
select let_read('Event',
  $$("accountId" = current_setting('app.account_id', true) or "accountId" in (select managed_accounts()))$$,
  'is_told(id)');
drop function let_read(text, text, text);

-- A group holds accounts that its owner manages, and packs that are its owner's.
create policy own on "AccountGroupAccount" to packline_tenant
  using ("groupId" in (select owned_groups()))
  with check ("groupId" in (select owned_groups()) and is_managed("accountId"));
create policy joined on "AccountGroupAccount" for select to packline_tenant
  using ("accountId" = current_setting('app.account_id', true));
create policy own on "AccountGroupPack" to packline_tenant
  using ("groupId" in (select owned_groups()))
  with check ("groupId" in (select owned_groups()) and exists (
    select from "IntegrationPack" k where k.id = "packId" and k."accountId" = current_setting('app.account_id', true)));
create policy joined on "AccountGroupPack" for select to packline_tenant using (is_in_group("groupId"));

-- Rows that are part of another row are seen with it.
create policy of_component on "ComponentRevision" to packline_tenant
  using (exists (select from "Component" c where c.id = "ComponentRevision"."componentId"));
create policy released on "ComponentRevision" for select to packline_tenant
  using (is_released_revision("componentId", id));
create policy own on "Content" to packline_tenant
  using ("uploaderId" = current_setting('app.account_id', true));
create policy of_revision on "Content" for select to packline_tenant
  using (exists (select from "ComponentRevision" r where r."contentId" = "Content".id));
create policy of_content on "ContentChunk" to packline_tenant
  using (exists (select from "Content" c where c.id = "ContentChunk"."contentId"));
create policy of_pack on "SharingCatchUp" to packline_tenant
  using (exists (select from "IntegrationPack" k where k.id = "SharingCatchUp"."packId"));
create policy of_installation on "InstalledProcess" to packline_tenant
  using (exists (select from "Installation" i where i.id = "InstalledProcess"."installationId"));
create policy of_atom on "AtomNode" to packline_tenant
  using (exists (select from "Atom" t where t.id = "AtomNode"."atomId"));
create policy of_atom on "AtomInstallToken" to packline_tenant
  using (exists (select from "Atom" t where t.id = "AtomInstallToken"."atomId"));
create policy of_deployment on "DeploymentDelivery" to packline_tenant
  using (exists (select from "Deployment" d where d.id = "DeploymentDelivery"."deploymentId"));
create policy of_environment on "EnvironmentRole" to packline_tenant
  using (exists (select from "Environment" e where e.id = "EnvironmentRole"."environmentId"));
create policy of_webhook on "WebhookDelivery" to packline_tenant
  using (exists (select from "Webhook" w where w.id = "WebhookDelivery"."webhookId"));

-- People: seen by the accounts they work in.
create policy known on "User" to packline_tenant using (id in (select known_users()));
create policy of_user on "Session" to packline_tenant using (
  "accountId" = current_setting('app.account_id', true) or is_managed("accountId") or "userId" in (select known_users()));
create policy of_user on "PasswordReset" to packline_tenant using ("userId" in (select known_users()));
create policy of_user on "NoticeMailOff" to packline_tenant using ("userId" in (select known_users()));
-- Mail is written to whomever it concerns and read by those who send it.
create policy written on "Mail" for insert to packline_tenant with check (true);
