import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'

import { z } from 'zod'

import { root } from '../repository.ts'
import type { BenchRow } from './frame.ts'

const file = join(root, 'packages/quality/bench-results.json')

const keptRow = z.object({
  name: z.string(),
  what: z.string(),
  figure: z.string(),
  must: z.string(),
  aim: z.string(),
  isMet: z.boolean(),
  isAimMet: z.boolean(),
  load: z.string(),
  /** YYYY-MM-DD, in UTC. */
  measuredOn: z.string(),
})
const results = z.object({ machine: z.string(), benches: z.record(z.string(), z.array(keptRow)) })
type KeptRow = z.infer<typeof keptRow>

/**
 * Keeps what was just measured, in the place of what the same benches measured before, and gives all rows in this order of
 * the benches. What another machine measured is forgotten: its figures do not compare.
 */
export async function keepResults(
  measured: ReadonlyMap<string, readonly BenchRow[]>,
  { order, machine }: { order: readonly string[]; machine: string },
): Promise<KeptRow[]> {
  const measuredOn = Temporal.Now.plainDateISO('UTC').toString()
  const kept = await readKept()
  const benches = kept.machine === machine ? kept.benches : {}
  for (const [name, rows] of measured) benches[name] = rows.map((row) => ({ ...row, measuredOn }))
  await writeFile(file, `${JSON.stringify({ machine, benches }, null, 2)}\n`)
  return order.flatMap((name) => benches[name] ?? [])
}

async function readKept(): Promise<z.infer<typeof results>> {
  if (!existsSync(file)) return { machine: '', benches: {} }
  return results.parse(JSON.parse(await readFile(file, 'utf8')))
}

/** What the figures depend on besides the product. */
export function describeMachine(postgres: string): string {
  const processors = cpus()
  const gigabytes = (totalmem() / 1024 ** 3).toFixed(0)
  return `${processors.length} cores (${processors[0]?.model.trim() ?? 'unknown'}), ${gigabytes} GB of memory, ${postgres}, Node ${process.versions.node}`
}
