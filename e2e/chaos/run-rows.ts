import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findViolations } from './checker/find-violations.ts'
import { runControls } from './checker/run-controls.ts'
import { createHistory, readHistory } from './history.ts'
import type { PostgresServer } from './product/postgres-server.ts'
import { openStage, type Stage, startServer } from './product/stage.ts'
import type { Row, Size } from './row.ts'
import { type Result, runRow } from './run-row.ts'

type Run = { seed: number; size: Size }

/** Instances of the stage that rows share. */
const instances = 3
/** Rows with a stage of their own wait more than they work. */
const ownAtOnce = 2

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
  const placed = (place: Row['place']) => rows.filter((row) => row.place === place)
  const lanes = await Promise.all([
    withServer(placed('shared'), {}, (server, shared) =>
      onStage(open(server, 'shared'), (stage) => runShared(shared, stage, run)),
    ),
    withServer(placed('own'), {}, async (server, own) => {
      const results = await Promise.all(
        dealt(own, ownAtOnce).map((some) =>
          inTurn(some, (row) => onStage(open(server, row.name), (stage) => runAlone(row, stage, run))),
        ),
      )
      return results.flat(2)
    }),
    inTurn(placed('own-server'), (row) =>
      withServer([row], row.settings, (server) =>
        onStage(open(server, row.name), async (stage) => runAlone(row, stage, run)),
      ),
    ),
  ])
  const results = lanes.flat(2)
  if (results.every(({ violations }) => violations.length === 0)) await rm(folder, { recursive: true })
  return results
}

async function runShared(rows: readonly Row[], stage: Stage, run: Run): Promise<Result[]> {
  await stage.fleet.startMany(instances)
  const results = await inTurn(rows, (row) => runRow(row, stage, run))
  await stage.fleet.stopAll()
  if (rows.length === 1) return results
  const violations = await findViolations({ sql: stage.sql, history: readHistory(stage.history.path) })
  return [...results, { name: 'all rows together', violations }]
}

async function runAlone(row: Row, stage: Stage, run: Run): Promise<Result[]> {
  const result = await runRow(row, stage, run)
  if (!row.isForControls) return [result]
  return [result, ...(await runControls(stage, readHistory(stage.history.path)))]
}

/** With a PostgreSQL server for these rows; without rows none is started. */
async function withServer<Of>(
  rows: readonly Row[],
  settings: Row['settings'],
  work: (server: PostgresServer, rows: readonly Row[]) => Promise<Of[]>,
): Promise<Of[]> {
  if (rows.length === 0) return []
  const server = await startServer(settings)
  try {
    return await work(server, rows)
  } finally {
    await server.remove()
  }
}

async function onStage<Of>(opening: Promise<Stage>, work: (stage: Stage) => Promise<Of>): Promise<Of> {
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

async function inTurn<Of>(rows: readonly Row[], work: (row: Row) => Promise<Of>): Promise<Of[]> {
  const results = []
  for (const row of rows) results.push(await work(row))
  return results
}
