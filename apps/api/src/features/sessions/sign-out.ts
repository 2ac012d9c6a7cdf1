import type { Database } from '@packline/database/client.ts'
import { hashToken } from '../../platform/session-token.ts'
import { deleteSessionByToken } from './sessions.store.ts'

/** Ends the session of this token. There is nothing to refuse: a session that has ended is what was asked for. */
export async function signOut(db: Database, token: string | undefined) {
  if (token) await deleteSessionByToken(db, hashToken(token))
}
