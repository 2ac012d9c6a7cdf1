import type { Tx } from '@packline/database/client.ts'
import { checkAccountName } from '@packline/domain/accounts/account-name.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { AccountRefusal } from './accounts.refusals.ts'
import { isRoleAvailable, lockOwnAccount, saveAccount } from './accounts.store.ts'

export type EditAccountOutcome = { kind: 'saved' } | { kind: 'stale' } | AccountRefusal

export type OwnAccountChange = { name?: string | undefined; supportAccessRoleId?: string | null | undefined }

/**
 * Changes the account worked in: its name, and the role that caps whoever comes through an account group. Those
 * who are capped cannot be the ones to lift it.
 */
export async function editAccount(
  tx: Tx,
  actor: Actor,
  { change, isCurrent }: { change: OwnAccountChange; isCurrent: (version: number) => boolean },
  now: Temporal.Instant,
): Promise<EditAccountOutcome> {
  const account = await lockOwnAccount(tx, actor.accountId)
  if (!isCurrent(account.version)) return { kind: 'stale' }
  const name = checkAccountName(change.name ?? account.name)
  if (name.kind === 'refused') return name
  const before = { name: account.name, supportAccessRoleId: account.supportAccessRoleId }
  const after = {
    name: name.name,
    supportAccessRoleId:
      change.supportAccessRoleId === undefined ? account.supportAccessRoleId : change.supportAccessRoleId,
  }
  const changesRole = after.supportAccessRoleId !== before.supportAccessRoleId
  if (changesRole && !actor.isDirect) return { kind: 'refused', reason: 'support-access-not-yours' }
  if (changesRole && after.supportAccessRoleId !== null) {
    const isAvailable = await isRoleAvailable(tx, actor.accountId, after.supportAccessRoleId)
    if (!isAvailable) return { kind: 'refused', reason: 'role-unknown' }
  }
  if (!changesRole && after.name === before.name) return { kind: 'saved' }

  await saveAccount(tx, account.id, after, { actorName: actor.name, now })
  await audit(tx, actor, now, {
    action: 'account EDIT',
    objectType: 'account',
    objectId: account.id,
    before,
    after,
  })
  return { kind: 'saved' }
}
