import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHistory } from './history.ts'
import type { PostgresServer } from './product/postgres-server.ts'
import { openStage, startServer } from './product/stage.ts'
import type { Row, Size } from './row.ts'
import { type RowResult, runRow } from './run-row.ts'

type Run = { seed: number; size: Size }

/** Every row once: those that share a stage one after the other, and beside them those that have a place of their own. */
export async function runRows(rows: readonly Row[], { seed, size }: Run): Promise<RowResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'packline-history-'))
  console.log(`Seed ${seed}; what is asked and answered is written into ${folder}.`)
  const placed = (place: Row['place']) => rows.filter((row) => row.place === place)

  const server = await startServer()
  const open = (postgres: PostgresServer, name: string) => {
    const history = createHistory(join(folder, `${name}.jsonl`))
    return openStage(postgres, { name: name.replaceAll('-', '_'), history })
  }
  const alone = async (postgres: PostgresServer, row: Row) => {
    const stage = await open(postgres, row.name)
    try {
      return await runRow(row, stage, { seed, size })
    } finally {
      await stage.close()
    }
  }

  try {
    const results = await Promise.all([
      inTurn(placed('shared'), async (turn) => {
        const stage = await open(server, 'shared')
        await stage.fleet.startMany(3)
        const done = await turn((row) => runRow(row, stage, { seed, size }))
        await stage.close()
        return done
      }),
      inTurn([...placed('own'), ...placed('own-server')], (turn) =>
        turn(async (row) => {
          if (row.place === 'own') return alone(server, row)
          const postgres = await startServer(row.settings)
          return alone(postgres, row).finally(() => postgres.stop())
        }),
      ),
    ])
    return results.flat()
  } finally {
    await server.stop()
  }
}

type Turn = (work: (row: Row) => Promise<RowResult>) => Promise<RowResult[]>

/** One after the other, with whatever has to be there for all of them; nothing at all where there are none. */
async function inTurn(rows: readonly Row[], around: (turn: Turn) => Promise<RowResult[]>) {
  if (rows.length === 0) return []
  return around(async (work) => {
    const results = []
    for (const row of rows) results.push(await work(row))
    return results
  })
}
