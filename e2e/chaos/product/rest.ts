import type { EndpointName } from '@packline/contract/endpoints.ts'
import type { ReleaseHistoryEntry } from '@packline/contract/releases.ts'
import type { RowContext } from '../row.ts'
import type { Caller } from './caller.ts'
import type { Scene } from './scene.ts'
import type { Stage } from './stage.ts'
import { until } from './until.ts'

const unfinished = `select count(*)::int as count, coalesce(sum("fanOutCount"), 0)::text as reached from "Release"
  where status = 'IN_PROGRESS' or (status = 'SCHEDULED' and "dueAt" <= app_now())`

/** What is due or going out, and how many installations that has reached; undefined while the database is away. */
const readUnfinished = ({ sql }: Pick<Stage, 'sql'>) =>
  sql.query<{ count: number; reached: string }>(unfinished).then(
    ({ rows }) => rows[0],
    () => undefined,
  )

/** How many releases are due or going out; undefined while the database is away. */
export const countUnfinished = async (stage: Pick<Stage, 'sql'>): Promise<number | undefined> =>
  (await readUnfinished(stage))?.count

/**
 * Waits until everything due is out, as it has to be whatever happened before: for as long as it goes on, and throws when
 * it has stood still for a minute.
 */
export async function untilAllIsOut(stage: Stage) {
  let last = ''
  let isOut = false
  const goesOn = async () => {
    const now = await readUnfinished(stage)
    isOut = now?.count === 0
    const isFurther = now !== undefined && `${now.count} ${now.reached}` !== last
    if (isFurther) last = `${now.count} ${now.reached}`
    return isOut || isFurther
  }
  while (!isOut) await until(goesOn, 'what is due goes on to go out')
}

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
  const lookAtPack = async (manager: Caller, packId: string) => {
    const releases = (await look(manager, 'listReleases', { packId })) as ReleaseHistoryEntry[] | undefined
    const newest = releases?.find(({ status }) => status === 'SUCCESS')
    if (!newest) return
    await look(manager, 'listTargets', { releaseId: newest.id })
    await look(manager, 'getRolloutTotals', { releaseId: newest.id })
  }
  const lookAt = ({ manager, packs, consumers }: Scene) =>
    Promise.all([
      ...packs.map(({ id }) => lookAtPack(manager, id)),
      ...consumers.map(({ operator }) => look(operator, 'listInstallations')),
    ])
  await Promise.all(scenes.map(lookAt))
}
