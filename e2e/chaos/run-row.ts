import { readHistory, isAcknowledged, requestsIn } from './history.ts'
import { findViolations } from './checker/find-violations.ts'
import type { Stage } from './product/stage.ts'
import { readScreens, untilAllIsOut } from './product/rest.ts'
import { createRandom } from './random.ts'
import type { Row, RowContext, Size } from './row.ts'

/** Of a row or of anything else that is checked. */
export type Result = { name: string; violations: string[] }

/** Runs one row on its stage, lets everything come to rest, and checks what is then in the history and the database. */
export async function runRow(
  row: Row,
  stage: Stage,
  { seed, size }: { seed: number; size: Size },
): Promise<Result> {
  const began = performance.now()
  const faults: string[] = []
  const toEnd: (() => unknown)[] = []
  const toTakeAway: (() => unknown)[] = []
  const context: RowContext = {
    row: row.name,
    stage,
    random: createRandom(seed),
    size,
    scenes: [],
    did: (what) => {
      faults.push(what)
      stage.history.record({ kind: 'fault', row: row.name, at: stage.history.now(), what })
    },
    whenOver: (end) => void toEnd.push(end),
    afterwards: (takeAway) => void toTakeAway.push(takeAway),
  }
  const running = async () => {
    await row.run(context)
    await untilAllIsOut(stage)
    await readScreens(context)
    return []
  }
  const shortfalls = await running().catch(sentencesOf)
  for (const end of toEnd) await end()
  const history = readHistory(stage.history.path)
  const found = await findViolations({ sql: stage.sql, history, row: row.name }).catch(sentencesOf)
  const violations = [...shortfalls, ...found]
  for (const takeAway of toTakeAway.reverse()) await takeAway()

  const requests = requestsIn(history).filter((one) => one.row === row.name)
  const acknowledged = requests.filter(isAcknowledged).length
  const unknown = requests.filter(({ outcome }) => outcome.kind === 'unknown').length
  const seconds = ((performance.now() - began) / 1_000).toFixed(1)
  console.log(`${violations.length === 0 ? '✓' : '✗'} ${row.name} (${seconds} s, seed ${seed}): ${row.fault}`)
  for (const fault of new Set(faults)) console.log(`    ${fault}`)
  console.log(
    `    ${requests.length} requests, ${acknowledged} writes acknowledged, ${unknown} without an answer, ${violations.length} violations`,
  )
  for (const violation of violations) console.error(`    ${violation}`)
  return { name: row.name, violations }
}

const sentencesOf = (error: unknown): string[] => [
  error instanceof Error ? (error.stack ?? error.message) : String(error),
]
