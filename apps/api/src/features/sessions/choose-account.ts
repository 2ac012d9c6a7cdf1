import type { Database } from '@packline/database/client.ts'
import { audit } from '../../platform/audit.ts'
import { businessNow } from '../../platform/clock.ts'
import type { SignedIn } from '../../platform/actor.ts'
import { findAccessibleStatus, saveSessionAccount, saveVisit } from './sessions.store.ts'

/** The session works in this account from now on, and so does the next one, unless the user may not work there. */
export function chooseAccount(
  db: Database,
  signedIn: SignedIn,
  accountId: string,
): Promise<'chosen' | 'absent' | 'suspended'> {
  return db.$transaction(async (tx) => {
    const status = await findAccessibleStatus(tx, signedIn.userId, accountId)
    if (status === undefined) return 'absent'
    if (status === 'suspended') return 'suspended'

    await saveSessionAccount(tx, signedIn.sessionId, accountId)
    await saveVisit(tx, signedIn.userId, accountId)
    await audit(tx, { ...signedIn, accountId, source: 'UI' }, await businessNow(tx), {
      action: 'account ON_ENTRY SUCCESS',
      objectType: 'account',
      objectId: accountId,
    })
    return 'chosen'
  })
}
