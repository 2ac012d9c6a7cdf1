import type { Tx } from '@packline/database/client.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'

type Place = { accountId: AccountScope; atomId: string }

const id = z.array(z.object({ id: z.uuid() })).transform(([found]) => found?.id)

/** Where packs are attached to an Atom itself; undefined as long as none has been. */
export async function findAtomPlace(tx: Tx, { accountId, atomId }: Place): Promise<string | undefined> {
  return id.parse(
    await tx.$queryRaw`
      select id from "Environment"
      where "accountId" = ${accountId} and "placeOfAtomId" = ${atomId}::uuid and "deletedAt" is null`,
  )
}

/** The same, made where there is none. The caller has locked the Atom. */
export async function ensureAtomPlace(tx: Tx, place: Place, name: string, now: Temporal.Instant) {
  const found = await findAtomPlace(tx, place)
  if (found !== undefined) return found
  const { id: made } = await tx.environment.create({
    data: {
      accountId: place.accountId,
      name,
      classification: 'PRODUCTION',
      placeOfAtomId: place.atomId,
      createdAt: now.toString(),
    },
    select: { id: true },
  })
  return made
}

/** Whether the account attaches packs to Atoms, kept as it is until the transaction ends. */
export async function shareLegacyDeployment(tx: Tx, scope: AccountScope): Promise<boolean> {
  const rows = await tx.$queryRaw`
    select "legacyDeployment" as "isLegacy" from "Account" where id = ${scope} for share`
  const [{ isLegacy }] = z.tuple([z.object({ isLegacy: z.boolean() })]).parse(rows)
  return isLegacy
}

/** The places of an Atom have its name. */
export async function renameAtomPlaces(tx: Tx, atomId: string, name: string) {
  await tx.environment.updateMany({ where: { placeOfAtomId: atomId }, data: { name } })
}

/** The places of an Atom go with it; what ran there stays on record. */
export async function markAtomPlacesDeleted(tx: Tx, atomId: string, now: Temporal.Instant) {
  await tx.environment.updateMany({
    where: { placeOfAtomId: atomId, deletedAt: null },
    data: { deletedAt: now.toString() },
  })
}

/** How many packs are attached to an Atom itself, in all accounts. */
export async function countOwnPacks(tx: Tx, atomId: string): Promise<number> {
  return tx.attachment.count({ where: { environment: { placeOfAtomId: atomId }, detachedAt: null } })
}
