import type { Tx } from '@packline/database/client.ts'
import type { AtomType } from '@packline/domain/atoms/atom-status.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'
import { isUniqueViolation } from '../../platform/database-errors.ts'

const lockedAtom = z.object({
  id: z.uuid(),
  name: z.string(),
  type: z.enum(['ATOM', 'MOLECULE', 'CLOUD']),
  environmentId: z.uuid().nullable(),
  isForeignCloud: z.boolean(),
})
export type LockedAtom = z.infer<typeof lockedAtom>

/**
 * The Atom, locked, or the account's part of an Atom Cloud of another account; undefined when the account has neither.
 * Weaker than a deletion's lock, so that a release going out can note deliveries to its nodes meanwhile.
 */
export async function lockAtom(tx: Tx, scope: AccountScope, atomId: string): Promise<LockedAtom | undefined> {
  const own = await tx.$queryRaw`
    select id, name, type, "environmentId", false as "isForeignCloud" from "Atom"
    where id = ${atomId}::uuid and "accountId" = ${scope} for no key update`
  const [atom] = z.array(lockedAtom).parse(own)
  if (atom) return atom
  const served = await tx.$queryRaw`
    select t.id, t.name, t.type, c."environmentId", true as "isForeignCloud"
    from "CloudAccount" c join "Atom" t on t.id = c."atomId"
    where c."atomId" = ${atomId}::uuid and c."accountId" = ${scope} for no key update of c`
  return z.array(lockedAtom).parse(served)[0]
}

export type NewAtom = {
  accountId: AccountScope
  environmentId: string | null
  name: string
  type: AtomType
  actorName: string
}

/** Inserts an Atom; undefined when the account has one of that name, settled by the unique index. */
export async function insertAtom(
  tx: Tx,
  { accountId, environmentId, name, type, actorName }: NewAtom,
  now: Temporal.Instant,
): Promise<string | undefined> {
  const rows = await tx.$queryRaw`
    insert into "Atom" (id, "accountId", "environmentId", name, type, "createdAt", "createdByName")
    values (new_id(), ${accountId}, ${environmentId}::uuid, ${name}, ${type}::"AtomType",
      ${now.toString()}::timestamptz, ${actorName})
    on conflict ("accountId", lower(name)) do nothing
    returning id`
  return z.array(z.object({ id: z.uuid() })).parse(rows)[0]?.id
}

/** Renames; false when another Atom of the account has that name. The transaction cannot go on after false. */
export async function saveName(tx: Tx, atomId: string, name: string): Promise<boolean> {
  try {
    await tx.atom.update({ where: { id: atomId }, data: { name } })
    return true
  } catch (error) {
    if (isUniqueViolation(error)) return false
    throw error
  }
}

/** Puts an own Atom, or the account's part of an Atom Cloud, into an environment or takes it out. */
export async function saveEnvironment(
  tx: Tx,
  scope: AccountScope,
  { id, isForeignCloud }: LockedAtom,
  environmentId: string | null,
) {
  if (isForeignCloud) {
    const key = { atomId: id, accountId: scope }
    await tx.cloudAccount.update({ where: { atomId_accountId: key }, data: { environmentId } })
  } else {
    await tx.atom.update({ where: { id }, data: { environmentId } })
  }
}

const servedAccount = z.object({ accountId: z.string(), environmentId: z.uuid().nullable() })

/** The accounts that an Atom Cloud serves, locked, and where it is attached in each. */
export async function lockServedAccounts(tx: Tx, atomId: string) {
  const rows = await tx.$queryRaw`
    select "accountId", "environmentId" from "CloudAccount" where "atomId" = ${atomId}::uuid
    order by "accountId" for update`
  return z.array(servedAccount).parse(rows)
}

/** Of these accounts those that the account manages. */
export async function listManaged(
  tx: Tx,
  scope: AccountScope,
  accountIds: readonly string[],
): Promise<string[]> {
  const accounts = await tx.account.findMany({
    where: { id: { in: [...accountIds] }, primaryAccountId: scope },
    select: { id: true },
  })
  return accounts.map(({ id }) => id)
}

export async function addServed(tx: Tx, atomId: string, accountIds: readonly string[]) {
  await tx.cloudAccount.createMany({ data: accountIds.map((accountId) => ({ atomId, accountId })) })
}

export async function removeServed(tx: Tx, atomId: string, accountIds: readonly string[]) {
  await tx.cloudAccount.deleteMany({ where: { atomId, accountId: { in: [...accountIds] } } })
}

/** How many other accounts an Atom Cloud serves. */
export async function countServedAccounts(tx: Tx, atomId: string): Promise<number> {
  return tx.cloudAccount.count({ where: { atomId } })
}

/** Removes an Atom with its nodes, whose credentials end, and what they had still to deliver. */
export async function deleteAtom(tx: Tx, atomId: string) {
  await tx.atom.delete({ where: { id: atomId } })
}
