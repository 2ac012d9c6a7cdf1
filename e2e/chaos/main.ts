import { randomInt } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { readArguments } from './arguments.ts'
import { sizes } from './row.ts'
import { rows } from './rows.ts'
import type { RowResult } from './run-row.ts'
import { runRows } from './run-rows.ts'

const asked = readArguments(process.argv.slice(2), () => randomInt(1, 2 ** 31))
if (asked.kind === 'refused') fail(asked.sentence)
if (asked.kind === 'list') {
  for (const { name, fault, holds } of rows)
    console.log(`${name}\n    ${fault}\n    must hold: ${holds}, and I1 to I14`)
  process.exit(0)
}
const chosen = asked.row === undefined ? rows : rows.filter(({ name }) => name === asked.row)
if (chosen.length === 0) fail(`There is no row ${asked.row}. \`pnpm chaos --list\` names them all.`)

const results: RowResult[] = []
const began = performance.now()
const goesOn = () => performance.now() - began < (asked.minutes ?? 0) * 60_000
let { seed } = asked
do {
  results.push(
    ...(await runRows(chosen, { seed, size: asked.minutes === undefined ? sizes.smoke : sizes.soak })),
  )
  seed += 1
} while (goesOn())

const failed = results.filter(({ violations }) => violations.length > 0)
for (const one of failed) console.error(`Again: pnpm chaos --row ${one.row} --seed ${one.seed}`)
const counts = { passed: results.length - failed.length, failed: failed.length }
if (asked.report !== undefined) writeFileSync(asked.report, JSON.stringify(counts))
console.log(`${counts.passed} passed, ${counts.failed} failed`)
process.exit(failed.length === 0 ? 0 : 1)

function fail(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}
