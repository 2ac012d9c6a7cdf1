import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { root } from '../repository.ts'
import type { BenchRow } from './frame.ts'
import { describeMachine, keepResults } from './kept-results.ts'
import { tableOf } from './table.ts'

/** Writes the page that says how fast Packline is, from what was just measured and what was before. */
export async function writeResultsPage(
  measured: ReadonlyMap<string, readonly BenchRow[]>,
  { postgres, order }: { postgres: string; order: readonly string[] },
) {
  const machine = describeMachine(postgres)
  const rows = await keepResults(measured, { order, machine })
  const text = `# How fast Packline is

Written by \`npx pnpm bench --write\`, whole or by names, which measures the product as it runs anywhere else: processes, HTTP, PostgreSQL with
real durability. Do not edit it by hand.

Seconds say little about another machine, so most figures are ratios: the product beside the same work written by hand, one
after the other in the same run, several times; the median counts, and the spread stands beside it. The work by hand is
set-based SQL in one transaction, or a server of Fastify and pg alone that sends the very statements that the product was
seen to send. A bench fails where a *must* is missed.

*Atoms* counts from the request that an act is asked for with until the last Atom has heard of it. *Web* is the built web app in
Chromium, signed in to an account with a thousand packs: what its longest pages feel like at full speed, and Lighthouse's
performance / accessibility / best practices on a simulated phone and desktop, which fall with whatever else the machine does.
What Lighthouse found the processor to be worth in the run that counts stands beside them: it makes its phone four times as slow
as that, whatever it is.

${tableOf(rows)}

The machine: ${machine}.
Client, servers and PostgreSQL share it. The column *load* has its load average at the end of each bench.

\`npx pnpm bench p1 p7\` measures some of it, \`--quick\` with smaller numbers, to try a change out.
`
  await writeFile(join(root, 'docs/performance.md'), text)
}
