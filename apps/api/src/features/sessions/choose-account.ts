import type { Database } from '@packline/database/client.ts'
import { audit } from '../../platform/audit.ts'
import { businessNow } from '../../platform/clock.ts'
import type { SignedIn } from '../../platform/actor.ts'
import { saveAccount } from './sessions.store.ts'

/** The session works in this account from now on; false when the user is no member of it. */
export function chooseAccount(db: Database, signedIn: SignedIn, accountId: string): Promise<boolean> {
  return db.$transaction(async (tx) => {
    if (!(await saveAccount(tx, signedIn.sessionId, accountId))) return false
    await audit(tx, { ...signedIn, accountId, source: 'UI' }, await businessNow(tx), {
      action: 'account ON_ENTRY SUCCESS',
      objectType: 'account',
      objectId: accountId,
    })
    return true
  })
}
