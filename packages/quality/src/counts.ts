import { basename } from 'node:path'

/** What failed is named as far as its runner says it: a name, and the beginning of what it says. */
export type Counts = { passed: number; failed: number; failures?: readonly string[] }

export const onePassed: Counts = { passed: 1, failed: 0 }
export const oneFailed: Counts = { passed: 0, failed: 1 }

export function addCounts(all: Counts[]): Counts {
  const failures = all.flatMap((counts) => counts.failures ?? [])
  return {
    passed: all.reduce((sum, { passed }) => sum + passed, 0),
    failed: all.reduce((sum, { failed }) => sum + failed, 0),
    ...(failures.length > 0 && { failures }),
  }
}

const longestFailure = 600

/** For the summary, on a line of its own each: the name, and what it says, cut where it gets long. */
export function describeFailure(name: string, saying: string): string {
  const [first = '', ...others] = saying.trim().split('\n')
  return [`${name}: ${first}`, ...others].join('\n    ').slice(0, longestFailure)
}

/** The part of vitest's JSON report that the counts come from. */
export type VitestReport = {
  success: boolean
  testResults: {
    name: string
    status: string
    message: string
    assertionResults: { fullName: string; status: string; failureMessages?: string[] | null }[]
  }[]
}

/**
 * Whatever did not pass has failed: a test skipped because its set-up broke, and a file that
 * could not be loaded, which has no tests to count.
 */
export function countVitest(report: VitestReport): Counts {
  const counts = addCounts(
    report.testResults.map(({ name, status, message, assertionResults }) => {
      const notPassed = assertionResults.filter((test) => test.status !== 'passed')
      const failures = notPassed.map(({ fullName, failureMessages }) =>
        describeFailure(`${basename(name)}: ${fullName}`, failureMessages?.[0] ?? 'not run'),
      )
      const ofFile = {
        passed: assertionResults.length - notPassed.length,
        failed: notPassed.length,
        failures,
      }
      if (status === 'passed' || notPassed.length > 0) return ofFile
      return { ...ofFile, failed: 1, failures: [describeFailure(basename(name), message)] }
    }),
  )
  return withVerdict(counts, report.success)
}

/** The part of Playwright's JSON report that the counts come from. */
export type PlaywrightReport = {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  errors: { message?: string }[]
  suites: PlaywrightSuite[]
}
type PlaywrightSuite = {
  specs: {
    title: string
    file: string
    ok: boolean
    tests: { status: string; results: { error?: { message?: string } }[] }[]
  }[]
  suites?: PlaywrightSuite[]
}

/** Flaky and skipped count as failed, and so does each error outside of a test. */
export function countPlaywright({ stats, errors, suites }: PlaywrightReport): Counts {
  const failures = [
    ...errors.map(({ message = 'no message' }) => describeFailure('outside of a test', message)),
    ...suites.flatMap(notAsExpected),
  ]
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + stats.skipped + errors.length,
    ...(failures.length > 0 && { failures }),
  }
}

function notAsExpected({ specs, suites = [] }: PlaywrightSuite): string[] {
  const own = specs.flatMap(({ title, file, tests }) =>
    tests
      .filter(({ status }) => status !== 'expected')
      .map(({ status, results }) =>
        describeFailure(`${file}: ${title}`, results.find(({ error }) => error)?.error?.message ?? status),
      ),
  )
  return [...own, ...suites.flatMap(notAsExpected)]
}

/** A runner that says no, or that counted nothing at all, has failed at least once. */
export function withVerdict(counts: Counts, endedWell: boolean): Counts {
  const allGood = endedWell && counts.passed > 0
  return allGood ? counts : { ...counts, failed: Math.max(1, counts.failed) }
}
