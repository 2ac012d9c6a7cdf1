import { clockView } from '@packline/contract/session.ts'
import pg from 'pg'
import { expect, test } from 'vitest'
import { businessNow } from '../../platform/clock.ts'
import { untilSomeoneWaitsForALock } from '../../test/lock-waits.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import { callerOf, createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
const accountId = await createAccount(app)
const person = await signInAs(app, { accountId, role: 'support' })
const set = (now: unknown) => person.call('PUT', '/demo/clock', { body: { now } })

test('the clock shows what it was set to and runs on from there, for every instance', async () => {
  const response = await set('2027-04-29T21:59:00Z')
  expect(response.statusCode).toBe(200)
  expect(response.json()).toMatchObject({ isSet: true })
  expect(clockView.parse(response.json()).now).toMatch(/^2027-04-29T21:59:0/)

  const other = await createTestApp({ databaseUrl: app.url })
  const before = await businessNow(other.db)
  await app.db.$executeRaw`select pg_sleep(0.3)`
  const after = await businessNow(app.db)
  expect(before.toString()).toMatch(/^2027-04-29T21:59:0/)
  const passed = before.until(after).total('milliseconds')
  expect(passed).toBeGreaterThanOrEqual(295)
  expect(passed).toBeLessThan(3_000)
})

test('a statement begun before the clock was set, and that sees it set, reads no time before', async () => {
  await set('2027-04-29T21:59:00Z')
  const [reader, holder] = [new pg.Client(app.url), new pg.Client(app.url)]
  await Promise.all([reader.connect(), holder.connect()])
  await holder.query('select pg_advisory_lock(1)')
  await reader.query(`
    create function pg_temp.read_once_let() returns timestamptz language plpgsql as $$
    begin
      perform pg_advisory_lock(1);
      return app_now();
    end $$`)
  const reading = reader.query<{ now: Date }>('select pg_temp.read_once_let() as now')
  await untilSomeoneWaitsForALock(app.db)
  await set('2030-01-01T00:00:00Z')
  await holder.end()
  const { rows } = await reading
  await reader.end()
  expect(rows[0]?.now.toISOString()).toBe('2030-01-01T00:00:00.000Z')
})

test('any offset may be written, and the clock may go back', async () => {
  await set('2030-01-01T00:00:00Z')
  const view = clockView.parse((await set('2026-03-01T02:15:00+13:45')).json())
  expect(view.now).toMatch(/^2026-02-28T12:30:0/)
})

test('deleting returns to real time', async () => {
  await set('2030-01-01T00:00:00Z')
  const response = await person.call('DELETE', '/demo/clock')
  expect(response.statusCode).toBe(200)
  expect(response.json()).toMatchObject({ isSet: false, offsetMillis: 0 })
  const drift = Temporal.Now.instant()
    .since(await businessNow(app.db))
    .total('seconds')
  expect(Math.abs(drift)).toBeLessThan(5)
  expect((await person.call('GET', '/demo/clock')).json()).toMatchObject({ isSet: false })
})

test.each(['1999-12-31T23:59:59Z', '2100-01-01T00:00:00Z', '0001-01-01T00:00:00Z'])(
  '%s is out of range',
  async (now) => {
    const response = await set(now)
    expect(response.statusCode).toBe(422)
    expect(response.json()).toMatchObject({
      code: 'instant-out-of-range',
      message: 'The clock can be set to an instant of the years 2000 to 2099.',
    })
    expect((await person.call('GET', '/demo/clock')).json()).toMatchObject({ isSet: false })
  },
)

test.each(['tomorrow', '', '2027-02-29T00:00:00Z', '2027-04-29', '2027-04-29T21:59:00', 1_800_000_000, null])(
  '%j is not an instant',
  async (now) => {
    const response = await set(now)
    expect(response.statusCode).toBe(400)
    expect(response.json()).toMatchObject({ code: 'request-invalid' })
  },
)

test('a change is audited and wakes the background jobs', async () => {
  const listener = new pg.Client({ connectionString: app.url })
  await listener.connect()
  await listener.query('listen packline_releases')
  const woken = new Promise((resolve) => {
    listener.once('notification', resolve)
  })
  await set('2027-04-29T22:00:00Z')
  await woken
  await listener.end()

  const entries = await app.db.auditEntry.findMany({ where: { accountId, action: 'demo.clock SET' } })
  expect(entries.map(({ after }) => after)).toContainEqual({ now: '2027-04-29T22:00:00Z' })
  await person.call('DELETE', '/demo/clock')
})

test('without a session the clock cannot be moved', async () => {
  const response = await callerOf(app.app)('PUT', '/demo/clock', { body: { now: '2027-04-29T22:00:00Z' } })
  expect(response.statusCode).toBe(401)
})

test('outside the demo there is no such route', async () => {
  const real = await createTestApp({ demo: false, databaseUrl: app.url })
  const { call } = await signInAs(real, { accountId })
  for (const response of [
    await call('GET', '/demo/clock'),
    await call('PUT', '/demo/clock', { body: { now: '2027-04-29T22:00:00Z' } }),
    await call('DELETE', '/demo/clock'),
  ]) {
    expect(response.statusCode).toBe(404)
    expect(response.json()).toMatchObject({ code: 'route-not-found' })
  }
})
