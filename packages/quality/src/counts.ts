export type Counts = { passed: number; failed: number }

export const onePassed: Counts = { passed: 1, failed: 0 }
export const oneFailed: Counts = { passed: 0, failed: 1 }

export function addCounts(all: Counts[]): Counts {
  return {
    passed: all.reduce((sum, { passed }) => sum + passed, 0),
    failed: all.reduce((sum, { failed }) => sum + failed, 0),
  }
}

/** The part of vitest's JSON report that the counts come from. */
export type VitestReport = {
  success: boolean
  testResults: { name: string; status: string; assertionResults: { status: string }[] }[]
}

/**
 * Whatever did not pass has failed: a test skipped because its set-up broke, and a file that
 * could not be loaded, which has no tests to count.
 */
export function countVitest(report: VitestReport): Counts {
  const counts = addCounts(
    report.testResults.map(({ status, assertionResults }) => {
      const passed = assertionResults.filter((test) => test.status === 'passed').length
      const failed = assertionResults.length - passed
      return { passed, failed: status === 'passed' ? failed : Math.max(1, failed) }
    }),
  )
  return withVerdict(counts, report.success)
}

/** The part of Playwright's JSON report that the counts come from. */
export type PlaywrightReport = {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  errors: unknown[]
}

/** Flaky and skipped count as failed, and so does each error outside of a test. */
export function countPlaywright({ stats, errors }: PlaywrightReport): Counts {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped + errors.length }
}

/** A runner that says no, or that counted nothing at all, has failed at least once. */
export function withVerdict(counts: Counts, endedWell: boolean): Counts {
  const allGood = endedWell && counts.passed > 0
  return allGood ? counts : { ...counts, failed: Math.max(1, counts.failed) }
}
