import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Lets a runner write its JSON report into a file of its own and reads it; a runner that wrote none has crashed. */
export async function readReport(run: (reportPath: string) => Promise<boolean>) {
  const folder = await mkdtemp(join(tmpdir(), 'packline-report-'))
  try {
    const reportPath = join(folder, 'report.json')
    const endedWell = await run(reportPath)
    const text = await readFile(reportPath, 'utf8').catch(() => {
      throw new Error('The runner ended without a report.')
    })
    const report: unknown = JSON.parse(text)
    return { report, endedWell }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
