import type { Tx } from '@packline/database/client.ts'
import type {
  EnvironmentClassification,
  EnvironmentSupport,
} from '@packline/domain/environments/plan-create-environment.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'
import { isUniqueViolation } from '../../platform/database-errors.ts'

/**
 * Of these environments those the account has, by id and name, kept from being deleted until the transaction ends. The
 * place of an Atom counts as one only where it is named as such.
 */
export async function shareEnvironments(
  tx: Tx,
  scope: AccountScope,
  environmentIds: readonly string[],
  placeIds: readonly string[] = [],
) {
  const rows = await tx.$queryRaw`
    select id, name from "Environment"
    where id = any(${[...environmentIds]}::uuid[]) and "accountId" = ${scope} and "deletedAt" is null
      and ("placeOfAtomId" is null or id = any(${[...placeIds]}::uuid[]))
    order by id for share`
  return z.array(z.object({ id: z.uuid(), name: z.string() })).parse(rows)
}

const lockedEnvironment = z.object({
  id: z.uuid(),
  name: z.string(),
  classification: z.enum(['PRODUCTION', 'TEST']),
  support: z.enum(['BASIC', 'UNLIMITED']),
})
export type LockedEnvironment = z.infer<typeof lockedEnvironment> & { atomCount: number }

/**
 * The environment, locked: whoever moves an Atom into it or deletes it does so after the other. How many Atoms it has is
 * read after the lock, in a statement of its own.
 */
export async function lockEnvironment(
  tx: Tx,
  scope: AccountScope,
  environmentId: string,
): Promise<LockedEnvironment | undefined> {
  const rows = await tx.$queryRaw`
    select e.id, e.name, e.classification, a."environmentSupport" as support
    from "Environment" e join "Account" a on a.id = e."accountId"
    where e.id = ${environmentId}::uuid and e."accountId" = ${scope} and e."deletedAt" is null
      and e."placeOfAtomId" is null
    for no key update of e for share of a`
  const [environment] = z.array(lockedEnvironment).parse(rows)
  if (!environment) return undefined
  const counted = await tx.$queryRaw`
    select count(*)::int as "atomCount" from "EnvironmentAtom" where "environmentId" = ${environmentId}::uuid`
  const [atoms] = z.array(z.object({ atomCount: z.number() })).parse(counted)
  return { ...environment, atomCount: atoms?.atomCount ?? 0 }
}

export async function countAttachments(tx: Tx, environmentId: string): Promise<number> {
  return tx.attachment.count({ where: { environmentId, detachedAt: null } })
}

/** How many packages run in an environment by themselves, not through a pack. */
export async function countDeployments(tx: Tx, environmentId: string): Promise<number> {
  return tx.deployment.count({ where: { environmentId, endedAt: null } })
}

/** The kind of environments the account may have, and keeps until the transaction ends. */
export async function shareSupport(tx: Tx, scope: AccountScope): Promise<EnvironmentSupport> {
  const rows = await tx.$queryRaw`
    select "environmentSupport" as support from "Account" where id = ${scope} for share`
  return lockedEnvironment.pick({ support: true }).parse(z.array(z.unknown()).parse(rows)[0]).support
}

export type NewEnvironment = {
  accountId: AccountScope
  name: string
  classification: EnvironmentClassification
  actorName: string
}

/** Inserts an environment; undefined when the account has one of that name, settled by the unique index. */
export async function insertEnvironment(
  tx: Tx,
  { accountId, name, classification, actorName }: NewEnvironment,
  now: Temporal.Instant,
): Promise<string | undefined> {
  const rows = await tx.$queryRaw`
    insert into "Environment" (id, "accountId", name, classification, "createdAt", "createdByName")
    values (new_id(), ${accountId}, ${name}, ${classification}::"EnvironmentClassification",
      ${now.toString()}::timestamptz, ${actorName})
    on conflict ("accountId", lower(name)) where "deletedAt" is null and "placeOfAtomId" is null do nothing
    returning id`
  return z.array(z.object({ id: z.uuid() })).parse(rows)[0]?.id
}

/** Renames; false when another environment of the account has that name. The transaction cannot go on after false. */
export async function saveName(tx: Tx, environmentId: string, name: string): Promise<boolean> {
  try {
    await tx.environment.update({ where: { id: environmentId }, data: { name } })
    return true
  } catch (error) {
    if (isUniqueViolation(error)) return false
    throw error
  }
}

/** Marks it as deleted: its name is free again, the roles it was kept to too; what ran in it stays on record. */
export async function markDeleted(tx: Tx, environmentId: string, now: Temporal.Instant) {
  await tx.environmentRole.deleteMany({ where: { environmentId } })
  await tx.environment.update({ where: { id: environmentId }, data: { deletedAt: now.toString() } })
}
