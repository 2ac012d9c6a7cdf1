import { parseArgs } from 'node:util'

import { benchAtoms } from './bench/atoms.ts'
import { startBenchServer } from './bench/bench-database.ts'
import type { Bench, BenchRow } from './bench/frame.ts'
import { benchFanOut } from './bench/p1-fan-out.ts'
import { benchConsole, benchMidnight } from './bench/p2-midnight.ts'
import { benchKillStorm } from './bench/p3-kill-storm.ts'
import { benchPunctuality } from './bench/p5-punctuality.ts'
import { benchRequests } from './bench/p7-requests.ts'
import { benchRollout } from './bench/p9-rollout.ts'
import { benchWizards } from './bench/p10-wizards.ts'
import { benchIdle } from './bench/p12-idle.ts'
import { benchHistory } from './bench/p14-history.ts'
import { writeResultsPage } from './bench/results-page.ts'
import { tableOf } from './bench/table.ts'
import { benchWeb } from './bench/web.ts'

/** What `pnpm bench` measures: everything, or what is named. P1 has P11 with it, P7 has P8. */
const benches: Record<string, Bench> = {
  p1: benchFanOut,
  p2: benchMidnight,
  p3: benchKillStorm,
  p5: benchPunctuality,
  p6: benchConsole,
  p7: benchRequests,
  p9: benchRollout,
  p10: benchWizards,
  p12: benchIdle,
  p14: benchHistory,
  atoms: benchAtoms,
  web: benchWeb,
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
})

const unknown = positionals.filter((name) => !(name in benches))
if (unknown.length > 0) {
  console.error(
    `There is no bench ${unknown.join(', ')}. pnpm bench takes: ${Object.keys(benches).join(', ')}.`,
  )
  process.exit(1)
}
if (values.write && values.quick) {
  console.error('What is only tried out is not written down: --write goes without --quick.')
  process.exit(1)
}

const server = await startBenchServer()
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void server.stop().finally(() => process.exit(1)))
const measured = new Map<string, BenchRow[]>()
const failed: string[] = []
for (const [name, bench] of Object.entries(benches)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue
  console.log(`${name} …`)
  try {
    measured.set(name, await bench({ isQuick: values.quick, server }))
  } catch (error) {
    // The others are measured nevertheless.
    console.error(error)
    failed.push(name)
  }
}
await server.stop()

const rows = [...measured.values()].flat()
console.log(tableOf(rows))
if (failed.length > 0) console.error(`Not measured: ${failed.join(', ')}.`)
if (values.write) await writeResultsPage(measured, { postgres: server.version, order: Object.keys(benches) })
process.exit(failed.length === 0 && rows.every(({ isMet }) => isMet) ? 0 : 1)
