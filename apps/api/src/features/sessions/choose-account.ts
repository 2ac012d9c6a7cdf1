import type { Tx } from '@packline/database/client.ts'
import { audit } from '../../platform/audit.ts'
import type { SignedIn } from '../../platform/actor.ts'
import { findAccessibleStatus, saveSessionAccount, saveVisit } from './sessions.store.ts'

/** The session works in this account from now on, and so does the next one, unless the user may not work there. */
export async function chooseAccount(
  tx: Tx,
  signedIn: SignedIn,
  accountId: string,
  now: Temporal.Instant,
): Promise<'chosen' | 'absent' | 'suspended'> {
  const status = await findAccessibleStatus(tx, signedIn.userId, accountId)
  if (status === undefined) return 'absent'
  if (status === 'suspended') return 'suspended'

  await saveSessionAccount(tx, signedIn.sessionId, accountId)
  await saveVisit(tx, signedIn.userId, accountId)
  await audit(tx, { ...signedIn, accountId, source: 'UI' }, now, {
    action: 'account ON_ENTRY SUCCESS',
    objectType: 'account',
    objectId: accountId,
  })
  return 'chosen'
}
