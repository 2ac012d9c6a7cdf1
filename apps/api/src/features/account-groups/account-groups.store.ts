import type { Tx } from '@packline/database/client.ts'
import type { GroupDetails } from '@packline/domain/account-groups/plan-save-group.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'
import { isUniqueViolation } from '../../platform/database-errors.ts'

const lockedGroup = z.object({
  id: z.uuid(),
  name: z.string(),
  isDefault: z.boolean(),
  autoSubscribeAlertLevel: z.enum(['NONE', 'INFO', 'WARNING', 'ERROR']),
  version: z.number(),
})
export type LockedGroup = z.infer<typeof lockedGroup>

/**
 * The group, for this transaction alone: whoever changes what is in it does so one after the other. Weaker than a
 * deletion's lock, so that an account that is created meanwhile gets into All Accounts. Undefined for unknown and
 * foreign ones. Before the locks of packs.
 */
export async function lockGroup(
  tx: Tx,
  scope: AccountScope,
  groupId: string,
): Promise<LockedGroup | undefined> {
  const rows = await tx.$queryRaw`
    select id, name, "isDefault", "autoSubscribeAlertLevel", version from "AccountGroup"
    where id = ${groupId}::uuid and "primaryAccountId" = ${scope} for no key update`
  return z.array(lockedGroup).parse(rows)[0]
}

type By = { actorName: string; now: Temporal.Instant }

/** Inserts an empty group; undefined when the account has one of that name, settled by the unique index. */
export async function insertGroup(
  tx: Tx,
  scope: AccountScope,
  { name, autoSubscribeAlertLevel }: GroupDetails,
  { actorName, now }: By,
): Promise<string | undefined> {
  const at = now.toString()
  const rows = await tx.$queryRaw`
    insert into "AccountGroup" (id, "primaryAccountId", name, "autoSubscribeAlertLevel", "createdAt", "changedAt",
      "changedByName")
    values (new_id(), ${scope}, ${name}, ${autoSubscribeAlertLevel}::"AlertLevel", ${at}::timestamptz,
      ${at}::timestamptz, ${actorName})
    on conflict do nothing
    returning id`
  return z.array(z.object({ id: z.uuid() })).parse(rows)[0]?.id
}

/** Saves the details; false when another group has that name. The transaction cannot go on after false. */
export async function saveGroup(
  tx: Tx,
  groupId: string,
  details: GroupDetails,
  { actorName, now }: By,
): Promise<boolean> {
  try {
    const changed = { version: { increment: 1 }, changedAt: now.toString(), changedByName: actorName }
    await tx.accountGroup.update({ where: { id: groupId }, data: { ...details, ...changed } })
    return true
  } catch (error) {
    if (isUniqueViolation(error)) return false
    throw error
  }
}

/** Deletes a group with everything that was shared through it. */
export async function deleteGroupRow(tx: Tx, groupId: string) {
  await tx.accountGroup.delete({ where: { id: groupId } })
}

/** Takes a pack out of every group it is shared through; returns how many. */
export async function unshareEverywhere(tx: Tx, packId: string): Promise<number> {
  const { count } = await tx.accountGroupPack.deleteMany({ where: { packId } })
  return count
}

/** What is in the group has changed: whoever has seen it as it was before has an outdated copy. */
export async function markContentsChanged(tx: Tx, groupId: string, { actorName, now }: By) {
  await tx.$executeRaw`
    update "AccountGroup" set version = version + 1, "changedAt" = ${now.toString()}::timestamptz,
      "changedByName" = ${actorName}
    where id = ${groupId}::uuid`
}
