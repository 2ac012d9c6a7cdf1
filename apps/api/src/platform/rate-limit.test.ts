import { expect, test } from 'vitest'
import { createAccount, signInAs } from '../test/people.ts'
import { createTestApp } from '../test/test-app.ts'

test('who asks too often waits; a colleague at the same address does not', async () => {
  const app = await createTestApp()
  const accountId = await createAccount(app)
  const busy = await signInAs(app, { accountId })
  const colleague = await signInAs(app, { accountId })
  const answers = []
  for (let request = 0; request < 1_201; request += 1)
    answers.push((await busy.call('GET', '/about')).statusCode)
  expect(answers.slice(0, 1_200).every((status) => status === 200)).toBe(true)

  const refused = await busy.call('GET', '/about')
  expect(refused.statusCode).toBe(429)
  expect(refused.headers['retry-after']).toBeDefined()
  expect(refused.json()).toMatchObject({
    code: 'too-many-requests',
    message: expect.stringMatching(/Try again in/),
  })
  expect((await colleague.call('GET', '/about')).statusCode).toBe(200)
})
