import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { startPackline } from './processes.ts'
import { asAdmin } from './test-database.ts'

async function newDirectory() {
  const directory = await mkdtemp(join(tmpdir(), 'packline-start-'))
  afterAll(() => rm(directory, { recursive: true, force: true }))
  return directory
}

describe('with the embedded database', () => {
  test('starts, refuses a second start on the same data, stops in order and goes on where it was', async () => {
    const DATA_DIR = await newDirectory()
    const first = startPackline({ DATA_DIR })
    const address = await first.ready
    expect(first.output.text).toContain(DATA_DIR)
    expect(first.output.text).toContain('release.manager@orchard.example')
    const health = await fetch(`${address}/readyz`)
    expect(await health.json()).toMatchObject({
      status: 'ready',
      database: { migrated: true },
      job: { alive: true },
    })

    const second = startPackline({ DATA_DIR })
    expect(await second.exited).toMatchObject({ code: 1 })
    expect(second.output.text).toContain('Another Packline is already running')
    expect((await fetch(`${address}/healthz`)).status).toBe(200)

    first.child.kill('SIGINT')
    expect(await first.exited, first.output.text).toMatchObject({ code: 0 })

    const again = startPackline({ DATA_DIR })
    const newAddress = await again.ready
    const signedIn = await fetch(`${newAddress}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-packline-request': '1' },
      body: JSON.stringify({ email: 'release.manager@orchard.example', password: 'packline-demo' }),
    })
    expect(signedIn.status).toBe(200)

    again.child.kill('SIGKILL')
    await again.exited
    const afterCrash = startPackline({ DATA_DIR })
    await afterCrash.ready
    afterCrash.child.kill('SIGTERM')
    expect(await afterCrash.exited, afterCrash.output.text).toMatchObject({ code: 0 })
  }, 90_000)
})

describe('with DATABASE_URL', () => {
  test('three instances start on an empty database at once, and one migrates', async () => {
    const base = inject('postgresUrl')
    await asAdmin(base, 'create database start_up_together')
    const environment = { DATABASE_URL: `${base}start_up_together` }
    const instances = [1, 2, 3].map(() => startPackline(environment))
    const addresses = await Promise.all(instances.map(({ ready }) => ready))
    for (const address of addresses) {
      expect((await fetch(`${address}/readyz`)).status).toBe(200)
      expect((await fetch(`${address}/api/v1/demo/clock`)).status).toBe(404)
    }
    for (const { child } of instances) child.kill('SIGTERM')
    for (const { exited } of instances) expect(await exited).toMatchObject({ code: 0 })
    await asAdmin(base, 'drop database start_up_together with (force)')
  }, 60_000)

  test('says which server it cannot reach', async () => {
    const lost = startPackline({ DATABASE_URL: 'postgresql://nobody:secret@127.0.0.1:1/nothing' })
    expect(await lost.exited).toMatchObject({ code: 1 })
    expect(lost.output.text).toContain('DATABASE_URL')
    expect(lost.output.text).not.toContain('secret')
  }, 30_000)
})

test.each([
  [{ PORT: 'abc' }, 'PORT must be a port number'],
  [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must look like'],
  [{ DEMO: 'perhaps' }, 'DEMO must be true or false'],
  [{ NODE_ENV: 'production', DEMO: 'true' }, 'DEMO cannot be on with NODE_ENV=production'],
  [{ NODE_ENV: 'production' }, 'DATABASE_URL is needed'],
  [{ PUBLIC_URL: 'packline' }, 'PUBLIC_URL must look like'],
])('with %j it says what is wrong and ends with 1', async (environment, message) => {
  const refused = startPackline(environment)
  expect(await refused.exited).toMatchObject({ code: 1 })
  expect(refused.output.text).toContain(message)
})
