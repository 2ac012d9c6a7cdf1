import type { Database } from '@packline/database/client.ts'
import { deleteSession } from './sessions.store.ts'

/** Signs the user out on another device, or on this one; false when there is no such session of theirs. */
export const revokeSession = (db: Database, userId: string, sessionId: string): Promise<boolean> =>
  deleteSession(db, userId, sessionId)
