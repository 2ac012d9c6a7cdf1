import { setTimeout as wait } from 'node:timers/promises'
import Fastify from 'fastify'
import { afterEach, expect, test } from 'vitest'
import { type OverloadLimits, refuseWhenOverloaded } from './overload.ts'
import { handleProblems } from './problems.ts'

const apps: { close: () => Promise<unknown> }[] = []
afterEach(() => Promise.all(apps.splice(0).map((app) => app.close())))

async function listening(limits: Partial<OverloadLimits>) {
  const app = Fastify()
  apps.push(app)
  handleProblems(app)
  refuseWhenOverloaded(app, { lookMillis: 300, standstillMillis: 300, ...limits })
  app.get('/', () => 'done')
  app.get('/healthz', () => 'alive')
  await app.listen({ port: 0 })
  return app
}

/** Until the timers that are due have run. */
const oneTurn = () => wait(0)
const standStill = (millis: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, millis)

test('what piled up while the process stood still is refused, what comes later is not', async () => {
  const app = await listening({})
  await expect.poll(async () => (await app.inject('/')).statusCode).toBe(200)

  standStill(700)
  await oneTurn()
  const refused = await app.inject('/')
  expect(refused.statusCode).toBe(503)
  expect(refused.headers['retry-after']).toBe('2')
  expect(refused.json()).toMatchObject({ code: 'overloaded' })

  await expect.poll(async () => (await app.inject('/')).statusCode, { timeout: 5_000 }).toBe(200)
})

test('a process that was only slow refuses nobody', async () => {
  const app = await listening({ standstillMillis: 10_000 })
  standStill(700)
  await oneTurn()
  expect((await app.inject('/')).statusCode).toBe(200)
})

test('without memory left everything is refused but to say that it lives', async () => {
  const app = await listening({ heapShare: 0 })
  await expect.poll(async () => (await app.inject('/')).statusCode, { timeout: 5_000 }).toBe(503)
  expect((await app.inject('/healthz')).statusCode).toBe(200)
})
