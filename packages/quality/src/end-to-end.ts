import { ensureChromium } from './chromium.ts'
import { countPlaywright, withVerdict, type Counts, type PlaywrightReport } from './counts.ts'
import { readReport } from './report-file.ts'
import { runCommand } from './run-command.ts'
import { check, type Step } from './steps.ts'

export const buildWeb = check('web build', () =>
  runCommand('vite', ['build', '--logLevel', 'warn'], { folder: 'apps/web' }),
)

/** Playwright in Chromium against the built web app, the real API and the real job. */
export function endToEnd(playwrightArguments: string[] = []): Step {
  return { name: 'end to end', needs: buildWeb.name, run: () => runPlaywright(playwrightArguments) }
}

async function runPlaywright(playwrightArguments: string[]): Promise<Counts> {
  const chromiumPath = await ensureChromium()
  const { report, endedWell } = await readReport((reportPath) => {
    const flags = ['--reporter=list,json', '--retries=0', '--forbid-only']
    return runCommand('playwright', ['test', ...flags, ...playwrightArguments], {
      folder: 'e2e',
      env: { CHROMIUM_PATH: chromiumPath, PLAYWRIGHT_JSON_OUTPUT_FILE: reportPath },
      minutes: 40,
    })
  })
  // The shape is what the pinned Playwright writes.
  return withVerdict(countPlaywright(report as PlaywrightReport), endedWell)
}
