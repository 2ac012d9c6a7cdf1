import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { until } from './atom-processes.ts'
import { startPackline } from './processes.ts'

const filesIn = async (directory: string) =>
  (await readdir(directory, { recursive: true }).catch(() => [])).filter((path) =>
    /current|\.xml$/.test(path),
  )

test('the demo runs three Atoms that really fetch, and that end with it however it ends', async () => {
  const DATA_DIR = await mkdtemp(join(tmpdir(), 'packline-demo-atoms-'))
  onTestFinished(() => rm(DATA_DIR, { recursive: true, force: true }))
  const first = startPackline({ DATA_DIR, DEMO_ATOMS: 'true', LOG_LEVEL: 'info' })
  await first.ready
  const names = ['bluebird-prod-1', 'chatham-cloud', 'kathmandu-molecule']
  await until(
    'each has activated something',
    async () => {
      const files = await Promise.all(names.map((name) => filesIn(join(DATA_DIR, 'atoms', name))))
      return files.every((found) => found.some((path) => path.endsWith('current')))
    },
    40,
  )
  expect(first.output.text).toContain('told to fail once')
  first.child.kill('SIGKILL')
  await first.exited

  // They are gone with it, so that the next start can use their directories and credentials.
  const second = startPackline({ DATA_DIR, DEMO_ATOMS: 'true', LOG_LEVEL: 'info' })
  await second.ready
  await until('all are back', () => second.output.text.split('Connected.').length === 4, 40)
  expect(second.output.text).not.toContain('Registered')
  second.child.kill('SIGTERM')
  expect(await second.exited, second.output.text).toMatchObject({ code: 0 })
}, 120_000)
