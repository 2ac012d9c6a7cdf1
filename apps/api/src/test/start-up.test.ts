import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { demoTokens } from '@packline/database/demo/demo-people.ts'
import { startEmbeddedPostgres } from '@packline/database/embedded-postgres.ts'
import pg from 'pg'
import { afterAll, describe, expect, inject, test, vi } from 'vitest'
import { freePort, isServerRunning, startPackline } from './processes.ts'
import { asAdmin } from './test-database.ts'

async function newDirectory() {
  const directory = await mkdtemp(join(tmpdir(), 'packline-start-'))
  afterAll(() => rm(directory, { recursive: true, force: true }))
  return directory
}

describe('with the embedded database', () => {
  test('of two first starts one goes on, the other says why not; it stops in order and goes on where it was', async () => {
    const DATA_DIR = await newDirectory()
    const both = [startPackline({ DATA_DIR }), startPackline({ DATA_DIR })] as const
    const ended = await Promise.race(both.map(async (one) => ({ one, ...(await one.exited) })))
    expect(ended.code, ended.one.output.text).toBe(1)
    expect(ended.one.output.text).toContain('Another Packline is already running on the data directory')
    const first = ended.one === both[0] ? both[1] : both[0]
    const address = await first.ready
    expect(first.output.text).toContain(DATA_DIR)
    expect(first.output.text).toContain('release.manager@orchard.example')
    for (const { token } of demoTokens) expect(first.output.text).toMatch(new RegExp(`  ${token}$`, 'm'))
    const health = await fetch(`${address}/readyz`)
    expect(await health.json()).toMatchObject({
      status: 'ready',
      database: { migrated: true },
      job: { alive: true },
    })

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

describe('an embedded database stops with a Packline that', async () => {
  const DATA_DIR = await newDirectory()
  const directory = join(DATA_DIR, 'postgres')
  const embedded = { DATA_DIR, DEMO: 'false' }

  async function endsWith(packline: ReturnType<typeof startPackline>, code: number, sentence: string) {
    expect(await packline.exited, packline.output.text).toEqual({ code, signal: null })
    expect(packline.output.text).toContain(sentence)
    expect(await isServerRunning(directory)).toBe(false)
  }
  /** Changes the database while no Packline runs on it. */
  async function meddle(statement: string) {
    const server = await startEmbeddedPostgres(directory)
    const client = new pg.Client({ connectionString: server.url('packline') })
    await client.connect()
    await client.query(statement)
    await client.end()
    await server.stop()
  }

  test('is interrupted while it starts', async () => {
    const packline = startPackline(embedded)
    await vi.waitUntil(() => existsSync(join(directory, 'postmaster.pid')), { timeout: 60_000, interval: 5 })
    packline.child.kill('SIGINT')
    await endsWith(packline, 0, '')
    expect(packline.output.text).toBe('')
  }, 90_000)

  test('cannot serve its metrics', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const METRICS_PORT = String((taken.address() as AddressInfo).port)
    const sentence = `Packline cannot serve its metrics on port ${METRICS_PORT}: listen EADDRINUSE`
    await endsWith(startPackline({ ...embedded, METRICS_PORT }), 1, sentence)
    taken.close()
  }, 60_000)

  test('cannot prepare its demo', async () => {
    await meddle('alter table "Account" rename to "Former"')
    await endsWith(startPackline({ DATA_DIR }), 1, 'Packline cannot start: ')
  }, 60_000)

  test('cannot migrate', async () => {
    await meddle("update _prisma_migrations set finished_at = null where migration_name like '%_rules'")
    await endsWith(startPackline(embedded), 1, `The database in ${DATA_DIR} cannot be opened: `)
  }, 60_000)
})

describe('with DATABASE_URL', () => {
  test('three instances start on an empty database at once, and one migrates; one is measured', async () => {
    const base = inject('postgresUrl')
    await asAdmin(base, 'create database start_up_together')
    const environment = { DATABASE_URL: `${base}start_up_together` }
    const METRICS_PORT = String(await freePort())
    const instances = [{ METRICS_PORT }, {}, {}].map((own) => startPackline({ ...environment, ...own }))
    const addresses = await Promise.all(instances.map(({ ready }) => ready))
    for (const address of addresses) {
      expect((await fetch(`${address}/readyz`)).status).toBe(200)
      expect((await fetch(`${address}/api/v1/demo/clock`)).status).toBe(404)
    }
    const measurements = await (await fetch(`http://127.0.0.1:${METRICS_PORT}/metrics`)).text()
    expect(measurements).toContain('packline_database_up 1')
    expect(measurements).toMatch(/^packline_http_request_seconds_count\{.*route="\/readyz"/m)
    expect(await (await fetch(`${addresses[0]}/metrics`)).text()).not.toContain('packline_')
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

describe('with an owner who migrates and a user who serves requests', () => {
  const base = inject('postgresUrl')
  const as = (login: string, database: string) => {
    const url = new URL(`${base}${database}`)
    url.username = login
    url.password = 'of-this-test'
    return url.href
  }

  test('neither of them needs to be more than that', async () => {
    // What an administrator of the database runs once; the roles exist, as on a server with other databases of Packline.
    for (const statement of [
      `create role start_owner login password 'of-this-test'`,
      `create role start_server login noinherit password 'of-this-test'`,
      'grant packline_tenant to start_owner with inherit false, set true, admin true',
      'grant packline_system to start_owner with inherit true, set true, admin true',
      'create database start_owned owner start_owner',
    ])
      await asAdmin(base, statement)
    const DATABASE_URL = as('start_server', 'start_owned')
    const tooEarly = startPackline({ DATABASE_URL })
    expect(await tooEarly.exited).toMatchObject({ code: 1 })

    const MIGRATION_DATABASE_URL = as('start_owner', 'start_owned')
    const both = startPackline({ DATABASE_URL, MIGRATION_DATABASE_URL, DEMO: 'true' })
    const signedIn = await fetch(`${await both.ready}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-packline-request': '1' },
      body: JSON.stringify({ email: 'release.manager@orchard.example', password: 'packline-demo' }),
    })
    expect(signedIn.status).toBe(200)
    both.child.kill('SIGTERM')
    await both.exited

    const withoutOwner = startPackline({ DATABASE_URL })
    expect((await fetch(`${await withoutOwner.ready}/readyz`)).status).toBe(200)
    withoutOwner.child.kill('SIGTERM')
    await withoutOwner.exited
    await asAdmin(base, 'drop database start_owned with (force)')
    for (const login of ['start_server', 'start_owner']) await asAdmin(base, `drop role ${login}`)
  }, 60_000)

  test('a user who could do more is refused, and why', async () => {
    await asAdmin(base, 'create database start_unfit')
    const superuser = `${base}start_unfit`
    const unfit = startPackline({ DATABASE_URL: superuser, MIGRATION_DATABASE_URL: superuser })
    expect(await unfit.exited).toMatchObject({ code: 1 })
    expect(unfit.output.text).toContain('Its user packline is a superuser, whom no rule holds.')
    expect(unfit.output.text).toContain('owns tables')
    await asAdmin(base, 'drop database start_unfit with (force)')
  }, 30_000)
})

test.each([
  [{ PORT: 'abc' }, 'PORT must be a port number'],
  [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must look like'],
  [
    { MIGRATION_DATABASE_URL: 'postgresql://owner@127.0.0.1/packline' },
    'DATABASE_URL is needed with MIGRATION_DATABASE_URL',
  ],
  [{ DEMO: 'perhaps' }, 'DEMO must be true or false'],
  [{ NODE_ENV: 'production', DEMO: 'true' }, 'DEMO cannot be on with NODE_ENV=production'],
  [{ NODE_ENV: 'production' }, 'DATABASE_URL is needed'],
  [{ PUBLIC_URL: 'packline' }, 'PUBLIC_URL must look like'],
])('with %j it says what is wrong and ends with 1', async (environment, message) => {
  const refused = startPackline(environment)
  expect(await refused.exited).toMatchObject({ code: 1 })
  expect(refused.output.text).toContain(message)
})
