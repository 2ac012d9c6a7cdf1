import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Person } from './caller.ts'
import type { Sql } from './stage.ts'

const allFeatures = [
  'integration-pack-management',
  'multi-install',
  'account-groups',
  'advanced-user-security',
  'unlimited-environments',
]

/** An account with everything switched on. */
export async function createAccount(sql: Sql, primaryAccountId: string | null = null): Promise<string> {
  const id = `account-${randomBytes(5).toString('hex')}`
  await sql.query(
    `insert into "Account" (id, name, features, "primaryAccountId") values ($1::text, $1::text, $2, $3)`,
    [id, allFeatures, primaryAccountId],
  )
  return id
}

/** Somebody with the role of a standard user there, signed in already. */
export async function createPerson(sql: Sql, accountId: string, timeZone = 'Europe/Berlin'): Promise<Person> {
  const userId = randomUUID()
  const token = randomBytes(32).toString('base64url')
  await sql.query(
    `with person as (
       insert into "User" (id, email, "firstName", "lastName", "timeZone", "passwordHash")
       values ($1::uuid, $1::uuid || '@example.test', 'Cosima', 'Chao', $2, 'none') returning id),
     membership as (
       insert into "Membership" ("userId", "accountId", "roleId")
       select $1::uuid, $3::text, id from "Role" where "defaultRole" = 'standard-user')
     insert into "Session" (id, "tokenHash", "userId", "accountId", "expiresAt")
     values (gen_random_uuid(), $4, $1::uuid, $3::text, '2100-01-01')`,
    [userId, timeZone, accountId, createHash('sha256').update(token).digest()],
  )
  return { userId, accountId, cookie: `packline=${token}` }
}

export type TestComponent = { id: string; packageIds: string[] }

/** A component with so many shareable versions. */
export async function createComponent(sql: Sql, accountId: string, versions: number): Promise<TestComponent> {
  const { rows } = await sql.query<{ componentId: string; packageId: string }>(
    `with content as (
       insert into "Content" (id, sha256, size, "mediaType") values (gen_random_uuid(), '0', 1, 'text/plain') returning id),
     component as (
       insert into "Component" (id, "accountId", name, type, "currentRevision")
       values (gen_random_uuid(), $1, 'Orders to ERP', 'process', 1) returning id),
     revision as (
       insert into "ComponentRevision" (id, "componentId", revision, "contentId")
       select gen_random_uuid(), component.id, 1, content.id from component, content returning id)
     insert into "PackagedComponent" (id, "accountId", "componentId", "revisionId", ordinal, version, "componentName",
       "componentType", shareable)
     select gen_random_uuid(), $1, component.id, revision.id, n, n || '.0', 'Orders to ERP', 'process', true
     from component, revision, generate_series(1, $2::int) n
     returning "componentId", id as "packageId"`,
    [accountId, versions],
  )
  return { id: rows[0]?.componentId ?? '', packageIds: rows.map(({ packageId }) => packageId) }
}

/** Lets these accounts see the pack, through a group of its own. */
export async function share(
  sql: Sql,
  pack: { id: string; accountId: string },
  accountIds: readonly string[],
) {
  await sql.query(
    `with made as (
       insert into "AccountGroup" (id, "primaryAccountId", name) values (gen_random_uuid(), $1, gen_random_uuid()::text)
       returning id),
     packs as (insert into "AccountGroupPack" ("groupId", "packId") select id, $2::uuid from made)
     insert into "AccountGroupAccount" ("groupId", "accountId") select id, unnest($3::text[]) from made`,
    [pack.accountId, pack.id, accountIds],
  )
}

/** Environments with an Atom each, without which nothing can be applied early; the Atom fetches nothing. */
export async function createEnvironments(sql: Sql, accountId: string, count: number): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    `with environment as (
       insert into "Environment" (id, "accountId", name, classification)
       select gen_random_uuid(), $1, 'Place ' || n, 'PRODUCTION' from generate_series(1, $2::int) n returning id)
     insert into "Atom" (id, "accountId", "environmentId", name)
     select gen_random_uuid(), $1, id, id::text from environment returning "environmentId" as id`,
    [accountId, count],
  )
  return rows.map(({ id }) => id)
}

/**
 * A large install base in one statement, as if its accounts had installed and attached one after the other: the pack
 * many times in one account, each attached once. The names are short: each part of a name is an entry of an index, and
 * with longer ones these take half of the time.
 */
export async function installManyTimes(sql: Sql, pack: { id: string; accountId: string }, count: number) {
  const accountId = await createAccount(sql, pack.accountId)
  await share(sql, pack, [accountId])
  await sql.query(
    `with pack as (select id, "currentReleaseId" from "IntegrationPack" where id = $2),
     environment as (
       insert into "Environment" (id, "accountId", name, classification)
       select gen_random_uuid(), $1, n::text, 'PRODUCTION' from generate_series(1, $3::int) n returning id, name),
     installation as (
       insert into "Installation" (id, "packId", "packType", "accountId", name, "lastDeliveredReleaseId", "installedAt")
       select gen_random_uuid(), pack.id, 'MULTI', $1, name, pack."currentReleaseId", app_now() from environment, pack
       returning id, name),
     wrapped as (
       insert into "InstalledProcess" ("installationId", "componentId")
       select i.id, item."componentId" from installation i, pack
       join "ReleaseItem" item on item."releaseId" = pack."currentReleaseId"),
     attached as (
       insert into "Attachment" (id, "installationId", "packId", "accountId", "environmentId", "releaseId",
         "versionNumber", "lastUpdatedAt", "attachedAt")
       select gen_random_uuid(), i.id, pack.id, $1, e.id, pack."currentReleaseId", 1, app_now(), app_now()
       from pack, installation i join environment e using (name)
       returning id, "environmentId", "releaseId")
     insert into "DeployedPackage" (id, "attachmentId", "accountId", "environmentId", "componentId", "packageId", "deployedAt")
     select gen_random_uuid(), a.id, $1, a."environmentId", i."componentId", i."packageId", app_now()
     from attached a join "ReleaseItem" i on i."releaseId" = a."releaseId"`,
    [accountId, pack.id, count],
  )
  // Without the names: to sort them for statistics takes longer than to make them, and more with every row.
  await sql.query(
    `analyze "Installation" (id, "packId", "accountId"), "InstalledProcess", "Attachment", "DeployedPackage",
       "Environment" (id, "accountId")`,
  )
  return accountId
}
