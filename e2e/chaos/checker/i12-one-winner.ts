import { requestsIn } from '../history.ts'
import { intentionsIn, mayHaveHappened } from './answers.ts'
import { damagedHistory, damagedRows, type Invariant } from './evidence.ts'

/** What ends a release's waiting, and how the release then stands. */
const endings: Record<string, readonly string[]> = {
  cancelRelease: ['CANCELLED'],
  changeVersions: ['SUPERSEDED'],
  releaseNow: ['IN_PROGRESS', 'SUCCESS', 'ERROR'],
}
/** What those who come second are told: that it is over, that they saw an older state, or to try again. */
const refusals = new Set([400, 403, 404, 409, 410, 412, 422, 429, 503])

export const oneWinner: Invariant = {
  id: 'I12',
  says: 'of cancelling, changing, releasing now and the schedule exactly one ends a release’s waiting; the others are refused',
  async find({ history, sql }) {
    const { rows } = await sql.query<{ id: string; status: string; timing: string }>(
      `select id, status::text, timing::text from "Release"`,
    )
    const ended = intentionsIn(requestsIn(history)).filter(
      ({ attempts: [first] }) => (first?.name ?? '') in endings,
    )
    const byRelease = Map.groupBy(ended, ({ attempts: [first] }) => first?.params['releaseId'] ?? '')
    return rows.flatMap(({ id, status, timing }) => {
      const all = byRelease.get(id) ?? []
      const winners = all.filter(({ isAcknowledged }) => isAcknowledged)
      const nameOf = ({ attempts: [first] }: (typeof all)[number]) => first?.name ?? ''
      const found = []
      if (winners.length > 1) found.push(`release ${id} was ended by ${winners.map(nameOf).join(' and ')}`)
      for (const one of winners) {
        if (!endings[nameOf(one)]?.includes(status))
          found.push(`release ${id} is ${status} after ${nameOf(one)}`)
      }
      const mayBeSentOut = all.some((one) => nameOf(one) === 'releaseNow' && mayHaveHappened(one))
      if (status === 'SUCCESS' && timing === 'DATED' && winners.length > 0 && !mayBeSentOut) {
        found.push(`release ${id} went out by its schedule after ${winners.map(nameOf).join(' and ')}`)
      }
      const oddLosers = all
        .flatMap(({ attempts }) => attempts)
        .filter(
          ({ outcome }) =>
            outcome.kind === 'answered' && outcome.status >= 300 && !refusals.has(outcome.status),
        )
      return [
        ...found,
        ...oddLosers.map(({ name, sentAt }) => `${name} at ${sentAt} lost without being told so`),
      ]
    })
  },
  controls: [
    damagedHistory('a second winner', (entry) =>
      entry.kind === 'request' &&
      entry.name === 'cancelRelease' &&
      entry.outcome.kind === 'answered' &&
      entry.outcome.status === 200
        ? [entry, { ...entry, key: crypto.randomUUID(), name: 'releaseNow' }]
        : undefined,
    ),
    damagedRows(
      'a cancelled release that is out',
      `update "Release" set status = 'SUCCESS' where id = (
         select "objectId"::uuid from "AuditEntry" where action = 'as.ipack.release CANCEL' limit 1)`,
    ),
    damagedHistory('somebody who loses and is told nothing useful', (entry) =>
      entry.kind === 'request' &&
      entry.name in endings &&
      entry.outcome.kind === 'answered' &&
      entry.outcome.status === 409
        ? [{ ...entry, outcome: { ...entry.outcome, status: 500 } }]
        : undefined,
    ),
  ],
}
