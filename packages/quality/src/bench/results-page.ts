import { writeFile } from 'node:fs/promises'
import { cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'

import { root } from '../repository.ts'
import type { BenchRow } from './frame.ts'
import { tableOf } from './table.ts'

/** Writes the page that says how fast Packline is, from what was just measured. */
export async function writeResultsPage(
  rows: readonly BenchRow[],
  { postgres, loadBefore }: { postgres: string; loadBefore: number },
) {
  const processors = cpus()
  const gigabytes = (totalmem() / 1024 ** 3).toFixed(0)
  const load = `${loadBefore.toFixed(1)} before, ${(loadavg()[0] ?? Number.NaN).toFixed(1)} at the end`
  const text = `# How fast Packline is

Written by \`npx pnpm bench --write\`, which measures the product as it runs anywhere else: processes, HTTP, PostgreSQL with
real durability. Do not edit it by hand.

Seconds say little about another machine, so most figures are ratios: the product beside the same work written by hand, one
after the other in the same run, several times; the median counts, and the spread stands beside it. The work by hand is
set-based SQL in one transaction, or a server of Fastify and pg alone that sends the very statements that the product was
seen to send. A bench fails where a *must* is missed.

*Atoms* counts from the request that an act is asked for with until the last Atom has heard of it. *Web* is the built web app in
Chromium, signed in to an account with a thousand packs: what its longest pages feel like at full speed, and Lighthouse's
performance / accessibility / best practices on a simulated phone and desktop, which fall with whatever else the machine does.

${tableOf(rows)}

The machine: ${processors.length} cores (${processors[0]?.model.trim() ?? 'unknown'}), ${gigabytes} GB of memory, ${postgres},
Node ${process.versions.node}. Client, servers and PostgreSQL share it. Load average: ${load}; the column *load* has it at the end of each bench.

\`npx pnpm bench p1 p7\` measures some of it, \`--quick\` with smaller numbers, to try a change out.
`
  await writeFile(join(root, 'docs/performance.md'), text)
}
