import type { Database } from '@packline/database/client.ts'
import type { Env } from './env.ts'
import type { Heartbeat } from './heartbeat.ts'
import type { SecretBox } from './secret-box.ts'
import type { Signals } from './signals.ts'

/** What the features are given; nothing else is reached for. */
export type Deps = {
  env: Env
  /** Of the database in use, for measurements, which have a connection of their own. */
  databaseUrl: string
  /** What other instances, and this one, have to say: the one connection that listens. */
  signals: Signals
  /** For requests: short statements, a pool that requests share. Reaches the rows of the account that acts. */
  db: Database
  /**
   * Reaches every account's rows: for what comes before an account is known, and for the few reads that say why they need
   * it. Whoever uses it has to check by itself what belongs to whom.
   */
  systemDb: Database
  /** For Atoms: a small pool of its own, in which a thousand that come at once queue without being in anybody's way. */
  atomDb: Database
  /** For the background job: a small pool of its own, so that neither can starve the other. */
  jobDb: Database
  jobHeartbeat: Heartbeat
  /** For secrets that have to be read again. */
  secrets: SecretBox
}
