import type { Tx } from '@packline/database/client.ts'
import {
  type ComponentType,
  componentTypeTable,
} from '@packline/domain/packaged-components/component-type.ts'
import type { PackType } from '@packline/domain/packs/pack-type.ts'
import type { PackState } from '@packline/domain/releases/pack-state.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'
import { isUniqueViolation } from '../../platform/database-errors.ts'
import {
  type AskedPackage,
  loadContentsOfPacks,
  type LoadedContents,
  type NamedPackage,
} from '../../read-models/pack-contents.ts'

const lockedPack = z.object({
  id: z.uuid(),
  name: z.string(),
  type: z.enum(['SINGLE', 'MULTI']),
  description: z.string(),
  version: z.number(),
  currentReleaseId: z.uuid().nullable(),
})
export type LockedPack = z.infer<typeof lockedPack>

/**
 * The pack, locked until the transaction ends: whoever changes a pack, its rows or its releases takes this lock first,
 * so that changes of one pack happen one after the other. Undefined for unknown, foreign and deleted packs.
 */
export async function lockPack(tx: Tx, scope: AccountScope, packId: string): Promise<LockedPack | undefined> {
  const rows = await tx.$queryRaw`
    select id, name, type, description, version, "currentReleaseId" from "IntegrationPack"
    where id = ${packId}::uuid and "accountId" = ${scope} and "deletedAt" is null
    for update`
  return z.array(lockedPack).parse(rows)[0]
}

/** Of these packs those that nobody else holds, locked as by `lockPack`; the others are not waited for. */
export async function lockFreePacks(
  tx: Tx,
  scope: AccountScope,
  packIds: readonly string[],
): Promise<LockedPack[]> {
  const rows = await tx.$queryRaw`
    select id, name, type, description, version, "currentReleaseId" from "IntegrationPack"
    where id = any(${[...packIds]}::uuid[]) and "accountId" = ${scope} and "deletedAt" is null
    order by id for update skip locked`
  return z.array(lockedPack).parse(rows)
}

const packToShare = z.object({ id: z.uuid(), name: z.string(), currentReleaseId: z.uuid().nullable() })

/**
 * Of these packs the account's own ones, locked in the order of their ids: whoever changes who sees them does so between
 * two steps of a release, and between two installations. They are read after the lock, in a statement of its own.
 */
export async function lockPacks(tx: Tx, scope: AccountScope, packIds: readonly string[]) {
  const ids = [...packIds]
  await tx.$queryRaw`
    select id from "IntegrationPack" where id = any(${ids}::uuid[]) and "accountId" = ${scope}
    order by id for update`
  const rows = await tx.$queryRaw`
    select id, name, "currentReleaseId" from "IntegrationPack"
    where id = any(${ids}::uuid[]) and "accountId" = ${scope} and "deletedAt" is null order by lower(name), id`
  return z.array(packToShare).parse(rows)
}

/** A pack to change, and whether the caller's copy of it still stands (D-21). */
export type PackTarget = { packId: string; isCurrent: (version: number) => boolean }

export type PackLock =
  | { kind: 'locked'; pack: LockedPack }
  | { kind: 'refused'; reason: 'pack-missing' }
  | { kind: 'refused'; reason: 'pack-changed' }

/** Locks a pack for a change decided on a certain version of it. */
export async function lockPackAsSeen(
  tx: Tx,
  scope: AccountScope,
  { packId, isCurrent }: PackTarget,
): Promise<PackLock> {
  const pack = await lockPack(tx, scope, packId)
  if (!pack) return { kind: 'refused', reason: 'pack-missing' }
  return isCurrent(pack.version) ? { kind: 'locked', pack } : { kind: 'refused', reason: 'pack-changed' }
}

const isComponentType = (code: string): code is ComponentType => Object.hasOwn(componentTypeTable, code)
const componentRow = z.object({
  packId: z.uuid(),
  id: z.uuid(),
  accountId: z.string(),
  type: z.string().refine(isComponentType),
  containsProcessRoute: z.boolean(),
  wasReleased: z.boolean(),
})

export type LoadedPackState = LoadedContents & PackState<NamedPackage>

/** Everything that decisions about locked packs look at, with the packages they are asked to use, in the packs' order. */
export async function loadPackStates(
  tx: Tx,
  packs: readonly LockedPack[],
  asked: readonly AskedPackage[] = [],
): Promise<LoadedPackState[]> {
  const ids = packs.map(({ id }) => id)
  const contents = await loadContentsOfPacks(tx, ids, asked)
  const rows = await tx.$queryRaw`
    with released as (
      select distinct r."packId", ri."componentId" from "Release" r join "ReleaseItem" ri on ri."releaseId" = r.id
      where r."packId" = any(${ids}::uuid[])),
    concerned as (
      select "packId", "componentId" from released
      union select "packId", "componentId" from "PackItem" where "packId" = any(${ids}::uuid[]))
    select x."packId", c.id, c."accountId", c.type, c."containsProcessRoute",
      (x."packId", c.id) in (select "packId", "componentId" from released) as "wasReleased"
    from concerned x join "Component" c on c.id = x."componentId"`
  const components = Map.groupBy(z.array(componentRow).parse(rows), ({ packId }) => packId)
  return packs.map(({ id, type }, index) => {
    const ofPack = components.get(id) ?? []
    return {
      ...found(contents[index]),
      type,
      components: ofPack,
      earlierComponentIds: ofPack.filter(({ wasReleased }) => wasReleased).map((component) => component.id),
    }
  })
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('Every pack has contents')
  return value
}

const consumedPack = z.object({
  id: z.uuid(),
  name: z.string(),
  type: z.enum(['SINGLE', 'MULTI']),
  currentReleaseId: z.uuid().nullable(),
  /** The dated release in its testing period. */
  scheduledReleaseId: z.uuid().nullable(),
  /** A group holds the pack and the account. The publisher does not see its own packs. */
  isShared: z.boolean(),
  /**
   * Since when it is held. Whoever waited for a release to go out acts after it. Others of the account may hold it as
   * well: what is to come after them is dated once their locks are waited for, too.
   */
  heldAt: z.date().transform((date) => Temporal.Instant.fromEpochMilliseconds(date.getTime())),
})
export type ConsumedPack = z.infer<typeof consumedPack>

/**
 * The pack as a managed account sees it, held in this state until the transaction ends: whatever an account does with
 * its installations begins here, so that no release of the pack goes out meanwhile, and others may do the same at
 * once. Undefined for unknown and deleted packs, and for those that the account neither sees nor has: nobody holds what
 * is none of their business. What it is like is read after the lock, in a statement of its own.
 */
export async function sharePack(
  tx: Tx,
  scope: AccountScope,
  packId: string,
): Promise<ConsumedPack | undefined> {
  const held = await tx.$queryRaw`
    select k.id from "IntegrationPack" k where k.id = ${packId}::uuid and k."deletedAt" is null and (
      exists (select from "Installation" i where i."packId" = k.id and i."accountId" = ${scope})
      or exists (
        select from "AccountGroupPack" gp join "AccountGroupAccount" ga on ga."groupId" = gp."groupId"
        where gp."packId" = k.id and ga."accountId" = ${scope}))
    for share of k`
  if (z.array(z.unknown()).parse(held).length === 0) return undefined
  const rows = await tx.$queryRaw`
    select k.id, k.name, k.type, k."currentReleaseId",
      (select r.id from "Release" r
        where r."packId" = k.id and r.status = 'SCHEDULED' and r.timing = 'DATED') as "scheduledReleaseId",
      k."accountId" <> ${scope} and exists (
        select from "AccountGroupPack" gp join "AccountGroupAccount" ga on ga."groupId" = gp."groupId"
        where gp."packId" = k.id and ga."accountId" = ${scope}) as "isShared",
      app_now() as "heldAt"
    from "IntegrationPack" k where k.id = ${packId}::uuid and k."deletedAt" is null`
  return z.array(consumedPack).parse(rows)[0]
}

/** Counts a change of the pack, its rows or its releases, and notes who made it. */
export const bumpPack = (tx: Tx, packId: string, actorName: string, now: Temporal.Instant) =>
  bumpPacks(tx, [{ packId, actorName }], now)

export async function bumpPacks(
  tx: Tx,
  changes: readonly { packId: string; actorName: string }[],
  now: Temporal.Instant,
): Promise<void> {
  await tx.$executeRaw`
    update "IntegrationPack" k set version = k.version + 1, "changedByName" = c."actorName",
      "changedAt" = ${now.toString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) c("packId" uuid, "actorName" text)
    where k.id = c."packId"`
}

/** Makes each release its pack's current one: from now on it is what new installations get. */
export async function makeCurrent(
  tx: Tx,
  releaseIds: readonly string[],
  now: Temporal.Instant,
): Promise<void> {
  await tx.$executeRaw`
    update "IntegrationPack" k set "currentReleaseId" = r.id, version = k.version + 1,
      "changedAt" = ${now.toString()}::timestamptz, "changedByName" = r."scheduledByName"
    from "Release" r where r.id = any(${[...releaseIds]}::uuid[]) and k.id = r."packId"`
}

/** Inserts an empty pack; undefined when the account already has one of that name, settled by the unique index. */
export async function insertPack(
  tx: Tx,
  pack: { accountId: AccountScope; name: string; type: PackType; description: string; actorName: string },
  now: Temporal.Instant,
): Promise<string | undefined> {
  const at = now.toString()
  const rows = await tx.$queryRaw`
    insert into "IntegrationPack"
      (id, "accountId", name, type, description, "createdAt", "createdByName", "changedAt", "changedByName")
    values (new_id(), ${pack.accountId}, ${pack.name}, ${pack.type}::"PackType", ${pack.description},
      ${at}::timestamptz, ${pack.actorName}, ${at}::timestamptz, ${pack.actorName})
    on conflict ("accountId", lower(name)) where "deletedAt" is null do nothing
    returning id`
  return z.array(z.object({ id: z.uuid() })).parse(rows)[0]?.id
}

/**
 * Writes name and description; false when another pack of the account has that name, settled by the unique index. The
 * transaction cannot go on after false.
 */
export async function saveDetails(
  tx: Tx,
  packId: string,
  details: { name: string; description: string },
): Promise<boolean> {
  try {
    await tx.integrationPack.update({ where: { id: packId }, data: details })
    return true
  } catch (error) {
    if (isUniqueViolation(error)) return false
    throw error
  }
}

/** Marks the pack as deleted; its name is free again, its history stays for the audit. */
export async function markDeleted(tx: Tx, packId: string, now: Temporal.Instant): Promise<void> {
  await tx.integrationPack.update({ where: { id: packId }, data: { deletedAt: now.toString() } })
}
