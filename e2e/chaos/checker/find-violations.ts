import type { Evidence, Invariant } from './evidence.ts'
import { neverEarly } from './i01-never-early.ts'
import { releasedOnce } from './i02-released-once.ts'
import { oneRecordEach } from './i03-one-record-each.ts'
import { allOnCurrent } from './i04-all-on-current.ts'
import { earlyStays } from './i05-early-stays.ts'
import { audited } from './i06-audited.ts'
import { nothingStandsStill } from './i07-nothing-stands-still.ts'
import { acknowledgedIsThere } from './i08-acknowledged-is-there.ts'
import { onceUnderOneKey } from './i09-once-under-one-key.ts'
import { noForeignChange } from './i10-no-foreign-change.ts'
import { changeInTime } from './i11-change-in-time.ts'
import { oneWinner } from './i12-one-winner.ts'
import { failuresSayNothing } from './i13-failures-say-nothing.ts'
import { screensTellTheTruth } from './i14-screens-tell-the-truth.ts'

export const invariants: readonly Invariant[] = [
  neverEarly,
  releasedOnce,
  oneRecordEach,
  allOnCurrent,
  earlyStays,
  audited,
  nothingStandsStill,
  acknowledgedIsThere,
  onceUnderOneKey,
  noForeignChange,
  changeInTime,
  oneWinner,
  failuresSayNothing,
  screensTellTheTruth,
]

/** Everything that contradicts an invariant, each sentence with the invariant's number; empty when all hold. */
export async function findViolations(evidence: Evidence): Promise<string[]> {
  const found = await Promise.all(
    invariants.map(async ({ id, find }) => (await find(evidence)).map((sentence) => `${id}: ${sentence}`)),
  )
  return found.flat()
}
