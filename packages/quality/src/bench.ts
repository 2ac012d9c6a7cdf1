import { parseArgs } from 'node:util'

import { benchAtoms } from './bench-atoms.ts'
import { benchWeb } from './bench-web.ts'
import { startBenchServer } from './bench/bench-database.ts'
import type { Bench, BenchRow } from './bench/frame.ts'
import { benchFanOut } from './bench/p1-fan-out.ts'
import { benchPunctuality } from './bench/p5-punctuality.ts'
import { benchRequests } from './bench/p7-requests.ts'
import { benchWizards } from './bench/p10-wizards.ts'
import { benchIdle } from './bench/p12-idle.ts'
import { tableOf } from './bench/table.ts'

/** What `pnpm bench` measures, by name; without names all of them, one after the other. */
const benches: Record<string, Bench> = {
  p1: benchFanOut,
  p5: benchPunctuality,
  p7: benchRequests,
  p10: benchWizards,
  p12: benchIdle,
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
})
if (positionals.includes('atoms')) process.exit((await benchAtoms()) ? 0 : 1)
if (positionals.includes('web')) process.exit((await benchWeb({ isQuick: values.quick })) ? 0 : 1)

const unknown = positionals.filter((name) => !(name in benches))
if (unknown.length > 0) {
  console.error(
    `There is no bench ${unknown.join(', ')}. pnpm bench takes: ${Object.keys(benches).join(', ')}, atoms, web.`,
  )
  process.exit(1)
}

const server = await startBenchServer()
const rows: BenchRow[] = []
try {
  for (const [name, bench] of Object.entries(benches)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue
    console.log(`${name} …`)
    rows.push(...(await bench({ isQuick: values.quick, server })))
  }
} finally {
  await server.stop()
}
console.log(tableOf(rows))
process.exit(rows.every(({ isMet }) => isMet) ? 0 : 1)
