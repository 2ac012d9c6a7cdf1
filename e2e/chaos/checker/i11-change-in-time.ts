import { requestsIn } from '../history.ts'
import { type Intention, intentionsIn, jsonOf, mayHaveHappened } from './answers.ts'
import { damagedRows, type Invariant } from './evidence.ts'

type Changed = Intention & { name: string; releaseId: string }
type Release = { id: string; startedAt: number | null; dueAt: number }

export const changeInTime: Invariant = {
  id: 'I11',
  says: 'a release whose cancellation or new date was acknowledged does not go out at the old time',
  async find({ history, sql }) {
    const { rows } = await sql.query<Release>(
      `select id, extract(epoch from "startedAt")::float8 * 1000 as "startedAt",
         extract(epoch from "dueAt")::float8 * 1000 as "dueAt" from "Release"`,
    )
    const releases = new Map(rows.map((one) => [one.id, one]))
    const changes = intentionsIn(requestsIn(history)).flatMap((one): Changed[] => {
      const [first] = one.attempts
      const releaseId = first?.params['releaseId']
      return releaseId === undefined || !first ? [] : [{ ...one, name: first.name, releaseId }]
    })
    return changes
      .filter(({ isAcknowledged }) => isAcknowledged)
      .flatMap((change) => {
        const release = releases.get(change.releaseId)
        if (release?.startedAt == null) return []
        if (change.name === 'cancelRelease') return [`release ${release.id} was cancelled and went out`]
        if (change.name !== 'reschedule' || mayHaveMovedAgain(change, changes)) return []
        const answer = jsonOf(change.answers[0] ?? never()) as { window: { start: string } } | undefined
        const start = answer?.window.start ?? ''
        const isEarly = release.startedAt < Temporal.Instant.from(start).epochMilliseconds
        return isEarly ? [`release ${release.id} went out before the date to which it was moved`] : []
      })
  },
  controls: [
    damagedRows(
      'a cancelled release that went out all the same',
      `update "Release" set "startedAt" = "dueAt" where id = (
         select "objectId"::uuid from "AuditEntry" where action = 'as.ipack.release CANCEL' limit 1)`,
    ),
    damagedRows(
      'a release that went out before its new date',
      `update "Release" set "startedAt" = "createdAt" - interval '400 days' where id in (
         select "objectId"::uuid from "AuditEntry" where action = 'as.ipack.release RESCHEDULE')`,
    ),
  ],
}

/** Somebody gave the release another time once more, later or at the same moment. */
const mayHaveMovedAgain = (change: Changed, changes: readonly Changed[]) =>
  changes.some(
    (other) =>
      other.attempts !== change.attempts &&
      other.releaseId === change.releaseId &&
      (other.name === 'reschedule' || other.name === 'releaseNow') &&
      mayHaveHappened(other) &&
      other.endedAt > change.sentAt,
  )

function never(): never {
  throw new Error('What is acknowledged has an answer.')
}
