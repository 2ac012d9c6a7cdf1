import { setTimeout as wait } from 'node:timers/promises'
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { workInBackground } from './background-job.ts'
import { restUntilStopped } from './stop-signal.ts'

test('works from when the server is ready, and is done before it is closed', async () => {
  const app = Fastify()
  const steps: string[] = []
  workInBackground(app, async (stop) => {
    steps.push('begins')
    await restUntilStopped(60_000, stop)
    // As long as what is begun takes to end.
    await wait(20)
    steps.push('ends')
  })
  expect(steps).toEqual([])
  await app.ready()
  expect(steps).toEqual(['begins'])
  await app.close()
  expect(steps).toEqual(['begins', 'ends'])
})

test('is told to stop while requests are still answered', async () => {
  const app = Fastify()
  const { promise: isStopped, resolve } = Promise.withResolvers<void>()
  workInBackground(app, async (stop) => {
    await restUntilStopped(60_000, stop)
    resolve()
  })
  // Answered only once the work has heard of it.
  app.get('/', () => {
    void app.close()
    return isStopped.then(() => 'answered')
  })
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  expect(await (await fetch(address)).text()).toBe('answered')
})

test('is left where it is when it takes too long', async () => {
  const app = Fastify()
  const { promise: never } = Promise.withResolvers<void>()
  workInBackground(app, () => never, 50)
  await app.ready()
  await app.close()
})
