import type { EndpointName } from '@packline/contract/endpoints.ts'
import type { ReleaseHistoryEntry } from '@packline/contract/releases.ts'
import type { RowContext } from '../row.ts'
import type { Caller } from './caller.ts'
import type { Stage } from './stage.ts'
import { until } from './until.ts'

const unfinished = `select count(*)::int as count from "Release"
  where status = 'IN_PROGRESS' or (status = 'SCHEDULED' and "dueAt" <= app_now())`

/** How many releases are due or going out; undefined while the database is away. */
export const countUnfinished = ({ sql }: Pick<Stage, 'sql'>): Promise<number | undefined> =>
  sql.query<{ count: number }>(unfinished).then(
    ({ rows }) => rows[0]?.count,
    () => undefined,
  )

/** Waits until everything due is out, as it has to be whatever happened before. */
export const untilAllIsOut = (stage: Stage, seconds = 60) =>
  until(async () => (await countUnfinished(stage)) === 0, 'everything due goes out', seconds)

/** Reads the screens of every scene into the history, where the checker holds them against the tables. */
export async function readScreens({ row, stage, scenes }: RowContext) {
  const { history } = stage
  const look = async (caller: Caller, name: EndpointName, params: Record<string, string> = {}) => {
    const { status, text } = await caller.ask(name, { params })
    if (status !== 200) return undefined
    const shown: unknown = JSON.parse(text)
    const { accountId } = caller
    history.record({ kind: 'view', row, at: history.now(), name, params, accountId, shown })
    return shown
  }
  for (const { manager, packs, consumers } of scenes) {
    for (const { id } of packs) {
      const releases = (await look(manager, 'listReleases', { packId: id })) as
        | ReleaseHistoryEntry[]
        | undefined
      const newest = releases?.find(({ status }) => status === 'SUCCESS')
      if (!newest) continue
      await look(manager, 'listTargets', { releaseId: newest.id })
      await look(manager, 'getRolloutTotals', { releaseId: newest.id })
    }
    for (const { operator } of consumers) await look(operator, 'listInstallations')
  }
}
