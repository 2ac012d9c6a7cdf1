import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

import { expect, test } from 'vitest'

const steps = fileURLToPath(import.meta.resolve('./steps.ts'))

/** Runs steps in a process of their own, because the last one ends it. */
function run(list: string) {
  const script = `
    const { check, runSteps } = await import(${JSON.stringify(steps)})
    const good = (name) => check(name, async () => true)
    const bad = (name) => check(name, async () => false)
    const crashing = (name) => check(name, async () => { throw new Error('broken pipe') })
    await runSteps([${list}])`
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  })
  return { status, output: stdout + stderr, lastLine: stdout.trimEnd().split('\n').at(-1) }
}

test('good steps end well, with the sum as the last line', () => {
  expect(run(`good('a'), good('b')`)).toMatchObject({ status: 0, lastLine: '2 passed, 0 failed' })
})

test('every step runs, also after one has failed or crashed', () => {
  const { status, output, lastLine } = run(`bad('a'), crashing('b'), good('c')`)
  expect({ status, lastLine }).toEqual({ status: 1, lastLine: '1 passed, 2 failed' })
  expect(output.slice(output.indexOf('summary'))).toContain('broken pipe')
})

test('a step that needs a failed one is not run and has failed', () => {
  const { output, lastLine } = run(`bad('build'), { ...good('journeys'), needs: 'build' }`)
  expect(lastLine).toBe('0 passed, 2 failed')
  expect(output).toContain('Not run, because “build” failed.')
})
