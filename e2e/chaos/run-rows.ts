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

/** Instances of a stage that rows share. */
const instances = 3
/** Each on a server of its own, which its rows pull from under the product. */
const sharedStages = 2
/** Rows with a stage of their own wait more than they work. */
const aloneAtOnce = 3

/** Every row once: those that share a stage one after the other, and beside them those that have a place of their own. */
export async function runRows(rows: readonly Row[], run: Run): Promise<Result[]> {
  const folder = await mkdtemp(join(tmpdir(), 'packline-history-'))
  console.log(
    `Seed ${run.seed}; what is asked and answered is in ${folder}, and stays there when something falls short.`,
  )
  const open = (postgres: PostgresServer, name: string) =>
    openStage(postgres, {
      name: name.replaceAll('-', '_'),
      history: createHistory(join(folder, `${name}.jsonl`)),
    })
  const shared = rows.filter(({ place }) => place === 'shared')
  const alone = rows.filter(({ place }) => place !== 'shared')
  const lanes = await Promise.all([
    ...dealt(shared, sharedStages).map((some, index) =>
      withServer(some, {}, (server) =>
        onStage(open(server, `shared-${index + 1}`), (stage) => runShared(some, stage, run)),
      ),
    ),
    withServer(alone, { max_connections: '250' }, (common) =>
      inLanes(alone, { run, lanes: aloneAtOnce }, (row) => {
        const onServer = (server: PostgresServer) =>
          onStage(open(server, row.name), (stage) => runAlone(row, stage, run))
        return row.place === 'own' ? onServer(common) : withServer([row], row.settings, onServer)
      }),
    ),
  ])
  const results = lanes.flat()
  const fallen = results.filter(({ violations }) => violations.length > 0)
  if (fallen.length === 0) await rm(folder, { recursive: true })
  else await writeFile(join(folder, 'violations.json'), JSON.stringify(fallen, null, 2))
  return results
}

async function runShared(rows: readonly Row[], stage: Stage, run: Run): Promise<Result[]> {
  await stage.fleet.startMany(instances)
  const results = await inLanes(rows, { run, lanes: 1 }, async (row) => [await runRow(row, stage, run)])
  await stage.fleet.stopAll()
  if (rows.length === 1) return results
  const violations = await findViolations({ sql: stage.sql, history: readHistory(stage.history.path) })
  return [...results, { name: `all rows since ${rows[0]?.name} together`, violations }]
}

async function runAlone(row: Row, stage: Stage, run: Run): Promise<Result[]> {
  const result = await runRow(row, stage, run)
  if (!row.isForControls) return [result]
  return [result, ...(await runControls(stage, readHistory(stage.history.path)))]
}

/** With a PostgreSQL server for these rows; without rows none is started. */
async function withServer(
  rows: readonly Row[],
  settings: Row['settings'],
  work: (server: PostgresServer) => Promise<Result[]>,
): Promise<Result[]> {
  if (rows.length === 0) return []
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

/** The rows as so many lists, one for each in turn. */
const dealt = (rows: readonly Row[], lists: number) =>
  Array.from({ length: lists }, (_, list) => rows.filter((_row, index) => index % lists === list))

/** In their order, so many at once, each begun as soon as another one is over. */
async function inLanes(
  rows: readonly Row[],
  { run, lanes: count }: { run: Run; lanes: number },
  work: (row: Row) => Promise<Result[]>,
): Promise<Result[]> {
  const waiting = [...rows]
  const lanes = Array.from({ length: count }, async () => {
    const results: Result[] = []
    while (waiting.length > 0 && !run.isTimeUp()) {
      const row = waiting.shift()
      if (row) results.push(...(await work(row)))
    }
    return results
  })
  const results = (await Promise.all(lanes)).flat()
  for (const { name } of waiting) console.log(`- ${name} was not begun: the time is up`)
  return results
}
