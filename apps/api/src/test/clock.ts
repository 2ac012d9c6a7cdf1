import type { Database } from '@packline/database/client.ts'
import { saveClock } from '../features/clock/clock.store.ts'

/** Sets business time, from where it runs on. */
export const setClock = (db: Database, now: string) => saveClock(db, Temporal.Instant.from(now))
