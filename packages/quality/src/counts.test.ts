import { expect, test } from 'vitest'

import { countPlaywright, countVitest, describeFailure, withVerdict } from './counts.ts'

const file = (status: string, ...tests: string[]) => ({
  name: 'some.test.ts',
  status,
  message: 'It could not be loaded.',
  assertionResults: tests.map((of, index) => ({
    fullName: `test ${index}`,
    status: of,
    failureMessages: of === 'failed' ? ['expected 1 to be 2\n  at some.test.ts:3'] : [],
  })),
})

test.each([
  ['all good', true, [file('passed', 'passed', 'passed')], { passed: 2, failed: 0 }],
  ['one failed', false, [file('failed', 'passed', 'failed')], { passed: 1, failed: 1 }],
  ['a skipped test has not passed', true, [file('passed', 'passed', 'skipped')], { passed: 1, failed: 1 }],
  [
    'a file that could not be loaded',
    false,
    [file('passed', 'passed'), file('failed')],
    { passed: 1, failed: 1 },
  ],
  ['a set-up that broke', false, [file('failed', 'skipped', 'skipped')], { passed: 0, failed: 2 }],
  ['an error outside of any test', false, [file('passed', 'passed')], { passed: 1, failed: 1 }],
  ['no test at all', true, [], { passed: 0, failed: 1 }],
])('vitest: %s', (_, success, testResults, counts) => {
  expect(countVitest({ success, testResults })).toMatchObject(counts)
})

const stats = { expected: 3, unexpected: 0, flaky: 0, skipped: 0 }

test.each([
  ['all good', stats, [], { passed: 3, failed: 0 }],
  ['one failed', { ...stats, unexpected: 1 }, [], { passed: 3, failed: 1 }],
  ['one passed at the second try only', { ...stats, flaky: 1 }, [], { passed: 3, failed: 1 }],
  ['two did not run', { ...stats, skipped: 2 }, [], { passed: 3, failed: 2 }],
  ['the server did not start', { ...stats, expected: 0 }, [{}], { passed: 0, failed: 1 }],
])('playwright: %s', (_, of, errors, counts) => {
  expect(countPlaywright({ stats: of, errors, suites: [] })).toMatchObject(counts)
})

test('a runner that ends badly or counts nothing has failed', () => {
  expect(withVerdict({ passed: 5, failed: 0 }, true)).toEqual({ passed: 5, failed: 0 })
  expect(withVerdict({ passed: 5, failed: 0 }, false)).toEqual({ passed: 5, failed: 1 })
  expect(withVerdict({ passed: 0, failed: 0 }, true)).toEqual({ passed: 0, failed: 1 })
  expect(withVerdict({ passed: 5, failed: 2 }, false)).toEqual({ passed: 5, failed: 2 })
})

test('what failed is named, with the beginning of what it says', () => {
  const { failures } = countVitest({
    success: false,
    testResults: [file('failed', 'passed', 'failed', 'skipped'), file('failed')],
  })
  expect(failures).toEqual([
    'some.test.ts: test 1: expected 1 to be 2\n      at some.test.ts:3',
    'some.test.ts: test 2: not run',
    'some.test.ts: It could not be loaded.',
  ])
})

test('journeys that failed are named wherever they stand', () => {
  const spec = (title: string, status: string, message?: string) => ({
    title,
    file: 'wizard.spec.ts',
    ok: status === 'expected',
    tests: [{ status, results: [message === undefined ? {} : { error: { message } }] }],
  })
  const suites = [
    {
      specs: [spec('good', 'expected')],
      suites: [{ specs: [spec('bad', 'unexpected', 'Timed out'), spec('left out', 'skipped')] }],
    },
  ]
  const { failures } = countPlaywright({
    stats: { ...stats, unexpected: 1, skipped: 1 },
    errors: [{ message: 'No server' }],
    suites,
  })
  expect(failures).toEqual([
    'outside of a test: No server',
    'wizard.spec.ts: bad: Timed out',
    'wizard.spec.ts: left out: skipped',
  ])
})

test('a long failure is cut', () => {
  expect(describeFailure('test', 'x'.repeat(10_000)).length).toBeLessThan(1_000)
})
