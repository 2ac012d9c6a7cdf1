import type { ViewEntry } from '../history.ts'
import { damagedHistory, damagedRows, type Evidence, type Invariant } from './evidence.ts'

type Check = (view: ViewEntry, evidence: Evidence) => Promise<string[]>

/** Each screen is read when everything is at rest, so it says what the tables say at the end of its row. */
const checks: Record<string, Check> = {
  listReleases: async ({ shown, params }, { sql }) => {
    const { rows } = await sql.query<{ status: string; count: number }>(
      `select status::text, count(*)::int from "Release" where "packId" = $1 group by 1 order by 1`,
      [params['packId']],
    )
    const statuses = Object.entries(Object.groupBy(shown as { status: string }[], ({ status }) => status))
    const counted = statuses.map(([status, ofIt = []]) => ({ status, count: ofIt.length }))
    return same(
      'the history of releases',
      counted.toSorted((a, b) => (a.status < b.status ? -1 : 1)),
      rows,
    )
  },
  listTargets: async ({ shown, params }, { sql }) => {
    const { rows } = await sql.query<{ count: number }>(
      `select count(*)::int from "ReleaseTarget" where "releaseId" = $1`,
      [params['releaseId']],
    )
    return same('the targets of a release', (shown as { total: number }).total, rows[0]?.count)
  },
  getRolloutTotals: async ({ shown, params }, { sql }) => {
    const { byState, total } = shown as { byState: Record<string, number>; total: number }
    const sum = Object.values(byState).reduce((all, one) => all + one, 0)
    // No environment has more than one Atom, so each is one row: where the release runs now, or ran until it was detached.
    const { rows } = await sql.query<{ runs: number; ran: number }>(
      `select (select count(*)::int from "Attachment" where "releaseId" = $1 and "detachedAt" is null) as runs,
         (select count(*)::int from "ReleaseTarget" t join "Attachment" a on a.id = t."attachmentId"
           where t."releaseId" = $1 and (a."releaseId" <> $1 or a."detachedAt" is not null)) as ran`,
      [params['releaseId']],
    )
    return [
      ...same('the states of a rollout', sum, total),
      ...same('the rollout', total, (rows[0]?.runs ?? 0) + (rows[0]?.ran ?? 0)),
    ]
  },
  listInstallations: async ({ shown, accountId }, { sql }) => {
    const { rows } = await sql.query<{ installations: number; attachments: number }>(
      `select count(distinct i.id)::int as installations, count(a.id)::int as attachments from "Installation" i
       left join "Attachment" a on a."installationId" = i.id and a."detachedAt" is null
       where i."accountId" = $1 and i."uninstalledAt" is null`,
      [accountId],
    )
    const listed = shown as { attachmentCount: number }[]
    const attachments = listed.reduce((sum, one) => sum + one.attachmentCount, 0)
    return same('the list of installations', { installations: listed.length, attachments }, rows[0])
  },
}

export const screensTellTheTruth: Invariant = {
  id: 'I14',
  says: 'the states that screens show add up to the rows of the tables',
  async find(evidence) {
    // What other rows have shown, time has gone on from since.
    const row = evidence.row ?? evidence.history.at(-1)?.row
    const views = evidence.history.filter((entry) => entry.kind === 'view').filter((view) => view.row === row)
    const found = []
    for (const view of views) found.push(...((await checks[view.name]?.(view, evidence)) ?? []))
    return found
  },
  controls: [
    damagedHistory('a release that a list leaves out', (entry) =>
      entry.kind === 'view' && entry.name === 'listReleases'
        ? [{ ...entry, shown: (entry.shown as unknown[]).slice(1) }]
        : undefined,
    ),
    damagedHistory('a state that a sum leaves out', (entry) =>
      entry.kind === 'view' && entry.name === 'getRolloutTotals'
        ? [{ ...entry, shown: { ...(entry.shown as { total: number }), byState: { active: -1 } } }]
        : undefined,
    ),
    damagedHistory('a target too many', (entry) =>
      entry.kind === 'view' && entry.name === 'listTargets'
        ? [{ ...entry, shown: { total: (entry.shown as { total: number }).total + 1 } }]
        : undefined,
    ),
    damagedHistory('an installation that a list leaves out', (entry) =>
      entry.kind === 'view' && entry.name === 'listInstallations'
        ? [{ ...entry, shown: (entry.shown as unknown[]).slice(1) }]
        : undefined,
    ),
    damagedRows(
      'a rollout that shows what has left it',
      `update "Attachment" a set "releaseId" = other.id from "Release" r, "Release" other
       where r.id = a."releaseId" and other."packId" = r."packId" and other.id <> r.id and a."detachedAt" is null
         and not exists (select from "ReleaseTarget" t where t."releaseId" = r.id and t."attachmentId" = a.id)`,
    ),
  ],
}

function same(what: string, shown: unknown, counted: unknown): string[] {
  const [a, b] = [JSON.stringify(shown), JSON.stringify(counted)]
  return a === b ? [] : [`${what} shows ${a}, and the tables have ${b}`]
}
