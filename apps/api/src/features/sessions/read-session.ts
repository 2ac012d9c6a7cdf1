import type { SessionView } from '@packline/contract/session.ts'
import type { Database, Tx } from '@packline/database/client.ts'
import { notSignedIn, RequestRefused } from '../../platform/problems.ts'
import { getSessionView } from './sessions.views.ts'

/** The caller's own session, which may have been ended elsewhere since the request was let in. */
export async function readSession(db: Database | Tx, sessionId: string): Promise<SessionView> {
  const view = await getSessionView(db, sessionId)
  if (!view) throw new RequestRefused(notSignedIn)
  return view
}
