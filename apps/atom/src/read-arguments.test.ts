import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { exitCodes } from './ending.ts'
import { readArguments } from './read-arguments.ts'
import { startAtom } from './test/atom-process.ts'

const needed = ['--url', 'http://localhost:3000/', '--dir', 'atom']

test('what is left out has a sensible value', () => {
  expect(readArguments(['--', ...needed], { PACKLINE_ATOM_TOKEN: 'from-the-environment' })).toMatchObject({
    kind: 'options',
    options: {
      url: 'http://localhost:3000',
      dir: resolve('atom'),
      token: 'from-the-environment',
      maxParallel: 4,
      onActivate: undefined,
      json: false,
    },
  })
})

test('everything that can be said', () => {
  const args = [
    ...needed,
    '--token=secret',
    '--name=node 2',
    '--max-parallel=8',
    '--on-activate=reload',
    '--on-activate-timeout=5',
    '--slow=1000',
    '--fail-once',
    '--json',
    '--rotate-credential',
  ]
  expect(readArguments(args, {})).toMatchObject({
    options: {
      token: 'secret',
      name: 'node 2',
      maxParallel: 8,
      onActivate: { command: 'reload', timeLimitMillis: 5_000 },
      slowBytesPerSecond: 1_000,
      failsOnce: true,
      json: true,
      rotatesCredential: true,
    },
  })
})

test.each<[string[], string[]]>([
  [[], ['--url must look like https://packline.example.com', '--dir is needed']],
  [['--url', 'ftp://x', '--dir', 'd'], ['--url must look like https://packline.example.com']],
  [[...needed, '--max-parallel', '0'], ['--max-parallel must be a whole number from 1 to 32']],
  [
    [...needed, '--on-activate-timeout', '1.5'],
    ['--on-activate-timeout must be a whole number from 1 to 86400'],
  ],
  [[...needed, '--name', ''], ['--name must not be empty']],
])('%j is refused', (args, problems) => {
  expect(readArguments(args, {})).toEqual({ kind: 'refused', problems })
})

test('an argument nobody knows is named', () => {
  expect(readArguments([...needed, '--fast'], {})).toMatchObject({
    problems: [expect.stringContaining('--fast')],
  })
})

test('the process says what is wrong and ends with 2, also when a token is missing', async () => {
  const wrong = startAtom(['--url', 'nowhere'])
  expect(await wrong.exited).toBe(exitCodes.wrongArguments)
  expect(wrong.output.text).toContain('--dir is needed')
  const help = startAtom(['--help'])
  expect(await help.exited).toBe(0)
  expect(help.output.text).toContain('--on-activate COMMAND')
})
