import { expect, test } from 'vitest'
import { createTestApp } from '../test/test-app.ts'

const app = await createTestApp()
const get = async (url: string) => {
  const response = await app.app.inject({ method: 'GET', url })
  return { status: response.statusCode, body: response.json<Record<string, unknown>>() }
}

test('healthz answers as long as the process lives', async () => {
  expect(await get('/healthz')).toEqual({ status: 200, body: { status: 'ok' } })
})

test('readyz wants the background job to make its rounds', async () => {
  expect(await get('/readyz')).toMatchObject({
    status: 503,
    body: { status: 'not-ready', database: { reachable: true, migrated: true }, job: { alive: false } },
  })
  app.deps.jobHeartbeat.beat()
  expect(await get('/readyz')).toEqual({
    status: 200,
    body: {
      status: 'ready',
      database: { reachable: true, migrated: true },
      job: { alive: true },
      zoneDataVersion: process.versions.tz,
    },
  })
})

test('readyz wants every migration', async () => {
  app.deps.jobHeartbeat.beat()
  await app.db.$executeRaw`update _prisma_migrations set rolled_back_at = now()`
  expect(await get('/readyz')).toMatchObject({
    status: 503,
    body: { database: { reachable: true, migrated: false } },
  })
  await app.db.$executeRaw`update _prisma_migrations set rolled_back_at = null`
  expect(await get('/readyz')).toMatchObject({ status: 200 })
})

test('without a database the process is alive, not ready, and every request says so', async () => {
  const away = await createTestApp({ databaseUrl: 'postgresql://packline@127.0.0.1:1/packline' })
  expect((await away.app.inject({ method: 'GET', url: '/healthz' })).statusCode).toBe(200)
  const ready = await away.app.inject({ method: 'GET', url: '/readyz' })
  expect(ready.statusCode).toBe(503)
  expect(ready.json()).toMatchObject({ database: { reachable: false, migrated: false } })

  const response = await away.app.inject({
    method: 'GET',
    url: '/api/v1/session',
    headers: { cookie: 'packline=x' },
  })
  expect(response.statusCode).toBe(503)
  expect(response.headers['retry-after']).toBe('2')
  expect(response.json()).toMatchObject({
    code: 'database-unavailable',
    message:
      'The database cannot be reached right now. Try again in a moment; whether anything was changed shows then.',
  })
})
