import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findViolations } from './checker/find-violations.ts'
import { runControls } from './checker/run-controls.ts'
import { createHistory, readHistory } from './history.ts'
import type { PostgresServer } from './product/postgres-server.ts'
import { openStage, type Stage, startServer } from './product/stage.ts'
import type { Row, Size } from './row.ts'
import { type Result, runRow } from './run-row.ts'

type Run = {
  seed: number
  size: Size
  /** What is not begun by then is left out. */
  isTimeUp: () => boolean
}

/** What is run in one go. */
type Task = { name: string; work: () => Promise<Result[]> }

/** Instances of a stage that rows share. */
const instances = 3

/** Every row once: those that share a stage one after the other, and beside them those that have a place of their own. */
export async function runRows(rows: readonly Row[], run: Run): Promise<Result[]> {
  const folder = await mkdtemp(join(tmpdir(), 'packline-history-'))
  console.log(
    `Seed ${run.seed}; what is asked and answered is in ${folder}, and stays there when something falls short.`,
  )
  const onStageOf = (
    server: PostgresServer,
    name: string,
    work: (stage: Stage) => Promise<Result[]>,
  ): Promise<Result[]> => {
    const history = createHistory(join(folder, `${name}.jsonl`))
    return onStage(openStage(server, { name: name.replaceAll('-', '_'), history }), work)
  }
  const shared = rows.filter(({ place }) => place === 'shared')
  const alone = rows.filter(({ place }) => place !== 'shared')
  const together: Task = {
    name: 'what shares a stage',
    work: () =>
      withServer({}, (server) => onStageOf(server, 'shared', (stage) => runShared(shared, stage, run))),
  }
  const results = await withServer({ max_connections: '250' }, (common) => {
    const taskOf = (row: Row): Task => {
      const onServer = (server: PostgresServer) =>
        onStageOf(server, row.name, (stage) => runAlone(row, stage, run))
      return {
        name: row.name,
        work: () => (row.place === 'own' ? onServer(common) : withServer(row.settings, onServer)),
      }
    }
    return inLanes([...(shared.length > 0 ? [together] : []), ...alone.map(taskOf)], run, run.size.lanes)
  })
  const fallen = results.filter(({ violations }) => violations.length > 0)
  if (fallen.length === 0) await rm(folder, { recursive: true })
  else await writeFile(join(folder, 'violations.json'), JSON.stringify(fallen, null, 2))
  return results
}

async function runShared(rows: readonly Row[], stage: Stage, run: Run): Promise<Result[]> {
  await stage.fleet.startMany(instances)
  const taskOf = (row: Row): Task => ({ name: row.name, work: async () => [await runRow(row, stage, run)] })
  const results = await inLanes(rows.map(taskOf), run, 1)
  await stage.fleet.stopAll()
  if (rows.length === 1) return results
  const violations = await findViolations({ sql: stage.sql, history: readHistory(stage.history.path) })
  return [...results, { name: 'all rows that share a stage, together', violations }]
}

async function runAlone(row: Row, stage: Stage, run: Run): Promise<Result[]> {
  const result = await runRow(row, stage, run)
  if (!row.isForControls) return [result]
  return [result, ...(await runControls(stage, readHistory(stage.history.path)))]
}

async function withServer(
  settings: Row['settings'],
  work: (server: PostgresServer) => Promise<Result[]>,
): Promise<Result[]> {
  const server = await startServer(settings)
  try {
    return await work(server)
  } finally {
    await server.remove()
  }
}

async function onStage(
  opening: Promise<Stage>,
  work: (stage: Stage) => Promise<Result[]>,
): Promise<Result[]> {
  const stage = await opening
  try {
    return await work(stage)
  } finally {
    await stage.close()
  }
}

/** In their order, so many at once, each begun as soon as another one is over. */
async function inLanes(
  tasks: readonly Task[],
  { isTimeUp }: Pick<Run, 'isTimeUp'>,
  count: number,
): Promise<Result[]> {
  const waiting = [...tasks]
  const lanes = Array.from({ length: count }, async () => {
    const results: Result[] = []
    while (waiting.length > 0 && !isTimeUp()) results.push(...((await waiting.shift()?.work()) ?? []))
    return results
  })
  const results = (await Promise.all(lanes)).flat()
  for (const { name } of waiting) console.log(`- ${name} was not begun: the time is up`)
  return results
}
