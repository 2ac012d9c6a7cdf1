import { expect, test } from 'vitest'
import { buildApp } from '../app.ts'
import { createTestApp } from '../test/test-app.ts'

test('a request that comes through while the server closes is answered, and is the last on its connection', async () => {
  const { deps } = await createTestApp()
  const app = await buildApp(deps)
  const answers: Response[] = []
  app.addHook('preClose', async () => {
    answers.push(await fetch(`${address}/api/v1/session`))
  })
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  await app.close()
  const [answer] = answers
  expect(answer?.status).toBe(401)
  expect(await answer?.json()).toMatchObject({ code: 'not-signed-in' })
  expect(answer?.headers.get('connection')).toBe('close')
})
