import { randomInt } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { readArguments } from './arguments.ts'
import { createRandom } from './random.ts'
import { sizes } from './row.ts'
import { rows } from './rows.ts'
import { forgetPrepared } from './product/stage.ts'
import type { Result } from './run-row.ts'
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

process.on('SIGINT', () => process.exit(1))
process.on('SIGTERM', () => process.exit(1))
const results: (Result & { seed: number })[] = []
const { minutes } = asked
const began = performance.now()
const isTimeUp = () => minutes !== undefined && performance.now() - began > minutes * 60_000
let { seed } = asked
do {
  const size = minutes === undefined ? sizes.smoke : sizes.soak
  // So that short soaks come to all rows in the end.
  const inOrder = minutes === undefined ? chosen : createRandom(seed).shuffle(chosen)
  const found = await runRows(inOrder, { seed, size, isTimeUp })
  for (const one of found) results.push({ ...one, seed })
  seed += 1
} while (minutes !== undefined && !isTimeUp())
await forgetPrepared()

const failed = results.filter(({ violations }) => violations.length > 0)
for (const { name, seed: of } of failed) console.error(`Failed with --seed ${of}: ${name}`)
const counts = { passed: results.length - failed.length, failed: failed.length }
if (asked.report !== undefined) {
  const failures = failed.map(({ name, seed: of, violations }) => ({
    name: `${name}, --seed ${of}`,
    violations,
  }))
  writeFileSync(asked.report, JSON.stringify({ ...counts, failures }))
}
console.log(`${counts.passed} passed, ${counts.failed} failed`)
process.exit(counts.passed > 0 && counts.failed === 0 ? 0 : 1)

function fail(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}
