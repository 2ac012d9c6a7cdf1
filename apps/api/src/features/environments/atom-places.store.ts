import type { Tx } from '@packline/database/client.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'

type Place = { accountId: AccountScope; atomId: string }

const foundId = z.array(z.object({ id: z.uuid() })).transform(([found]) => found?.id)

/** Where packs are attached to an Atom itself; undefined as long as none has been. */
export async function findAtomPlace(tx: Tx, { accountId, atomId }: Place): Promise<string | undefined> {
  return foundId.parse(
    await tx.$queryRaw`
      select id from "Environment"
      where "accountId" = ${accountId} and "placeOfAtomId" = ${atomId}::uuid and "deletedAt" is null`,
  )
}

const atomAtHand = z.object({
  name: z.string(),
  environmentId: z.uuid().nullable(),
  isForeignCloud: z.boolean(),
})

/** An Atom of the account, kept where it is until the transaction ends, or an Atom Cloud that serves the account. */
export async function lockAtomToPlace(tx: Tx, { accountId, atomId }: Place) {
  const own = await tx.$queryRaw`
    select name, "environmentId", false as "isForeignCloud" from "Atom"
    where id = ${atomId}::uuid and "accountId" = ${accountId} for no key update`
  const [atom] = z.array(atomAtHand).parse(own)
  if (atom) return atom
  const served = await tx.$queryRaw`
    select t.name, c."environmentId", true as "isForeignCloud"
    from "CloudAccount" c join "Atom" t on t.id = c."atomId"
    where c."atomId" = ${atomId}::uuid and c."accountId" = ${accountId}`
  return z.array(atomAtHand).parse(served)[0]
}

/** The place of an Atom, made where there is none. The caller has locked the Atom. */
export async function ensureAtomPlace(tx: Tx, place: Place, name: string, now: Temporal.Instant) {
  const found = await findAtomPlace(tx, place)
  if (found !== undefined) return found
  const { id: made } = await tx.environment.create({
    data: {
      accountId: place.accountId,
      name,
      classification: 'PRODUCTION',
      placeOfAtomId: place.atomId,
      // The Atoms in environments are counted by the database; here it is this one for good.
      atomCount: 1,
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

/** The place of an Atom has its name. */
export async function renameAtomPlace(tx: Tx, atomId: string, name: string) {
  await tx.environment.updateMany({ where: { placeOfAtomId: atomId }, data: { name } })
}

/** The place of an Atom goes with it; what ran there stays on record. */
export async function markAtomPlaceDeleted(tx: Tx, atomId: string, now: Temporal.Instant) {
  await tx.environment.updateMany({
    where: { placeOfAtomId: atomId, deletedAt: null },
    data: { deletedAt: now.toString() },
  })
}

/** How many packs are attached to an Atom itself. */
export async function countOwnPacks(tx: Tx, atomId: string): Promise<number> {
  return tx.attachment.count({ where: { environment: { placeOfAtomId: atomId }, detachedAt: null } })
}
