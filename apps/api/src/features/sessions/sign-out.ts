import type { Database } from '@packline/database/client.ts'
import { audit } from '../../platform/audit.ts'
import { businessNow } from '../../platform/clock.ts'
import { hashToken } from '../../platform/session-token.ts'
import { endSessionByToken } from './sessions.store.ts'

/** Ends the session of this token. There is nothing to refuse: a session that has ended is what was asked for. */
export async function signOut(db: Database, token: string | undefined, requestId: string) {
  if (!token) return
  await db.$transaction(async (tx) => {
    const ended = await endSessionByToken(tx, hashToken(token))
    if (!ended || ended.accountId === null) return
    const { userId, name, accountId } = ended
    await audit(tx, { userId, name, accountId, source: 'UI', requestId }, await businessNow(tx), {
      action: 'account ON_EXIT SUCCESS',
      objectType: 'account',
      objectId: accountId,
    })
  })
}
