import { existsSync } from 'node:fs'

import { type Counts, describeFailure, withVerdict } from './counts.ts'
import { installDebianPackages } from './debian-packages.ts'
import { readReport } from './report-file.ts'
import { runCommand } from './run-command.ts'
import type { Step } from './steps.ts'

/** Every row of the fault matrix once, small and with a seed that stays. `pnpm chaos --minutes 20` is the long one. */
export const chaos: Step = { name: 'faults', run: runChaos }

type ChaosReport = { passed: number; failed: number; failures: { name: string; violations: string[] }[] }

/** What some rows cut networks and move clocks with, and a file that says it is there; without it they do it otherwise. */
const tools = {
  iproute2: '/usr/sbin/ip',
  nftables: '/usr/sbin/nft',
  faketime: '/usr/bin/faketime',
}

async function runChaos(): Promise<Counts> {
  const missing = Object.entries(tools).filter(([, file]) => !existsSync(file))
  if (missing.length > 0) await installDebianPackages(missing.map(([name]) => name))
  const { report, endedWell } = await readReport((reportPath) =>
    runCommand('node', ['chaos/main.ts', '--seed', '1', '--report', reportPath], { folder: 'e2e' }),
  )
  // The shape is what e2e/chaos/main.ts writes.
  const { failures, ...counts } = report as ChaosReport
  const described = failures.map(({ name, violations }) => describeFailure(name, violations.join('\n')))
  return withVerdict({ ...counts, ...(described.length > 0 && { failures: described }) }, endedWell)
}
