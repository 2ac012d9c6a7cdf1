import { relative, sep } from 'node:path'

import { addCounts, countVitest, oneFailed, withVerdict, type Counts, type VitestReport } from './counts.ts'
import { readReport } from './report-file.ts'
import { root } from './repository.ts'
import { runCommand } from './run-command.ts'
import type { Step } from './steps.ts'

/** Packages without a single test would pass unseen. */
const testedPackages = ['packages/domain', 'packages/quality', 'apps/api', 'apps/atom', 'apps/web']

export const unitTests: Step = { name: 'unit and api tests', run: runVitest }

async function runVitest(): Promise<Counts> {
  const { report: json, endedWell } = await readReport((reportPath) => {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`]
    return runCommand('vitest', ['run', ...reporters], { minutes: 30 })
  })
  // The shape is what the pinned vitest writes.
  const report = json as VitestReport
  const untested = testedPackages.filter((folder) => !hasTests(report, folder))
  for (const folder of untested) console.error(`No test ran in ${folder}.`)
  return addCounts([withVerdict(countVitest(report), endedWell), ...untested.map(() => oneFailed)])
}

const hasTests = (report: VitestReport, folder: string) =>
  report.testResults.some(({ name }) => relative(root, name).split(sep).join('/').startsWith(`${folder}/`))
