import { demoPassword, demoPeople, demoTokens } from '@packline/database/demo/demo-people.ts'
import { seedDemo } from '@packline/database/demo/seed-demo.ts'
import { expect, test } from 'vitest'
import { businessNow } from '../platform/clock.ts'
import { hashPassword } from '../platform/password-hash.ts'
import { zoneDataInUse } from '../platform/zone-data.ts'
import { callerOf, createTestApp } from './test-app.ts'

const { app, db } = await createTestApp()
await seedDemo(db, { hashPassword, now: await businessNow(db), zoneDataVersion: zoneDataInUse })

test('the demo lets the publisher’s administrator work in customers’ accounts, by a group and its role', async () => {
  const answer = await callerOf(app)('POST', '/session', {
    body: { email: 'admin@orchard.example', password: demoPassword },
  })
  const cookie = answer.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const call = callerOf(app, cookie)
  expect((await call('GET', '/session')).json()).toMatchObject({ account: { id: 'orchard-7Q2X1A' } })
  const entered = await call('PUT', '/session/account', { body: { accountId: 'bluebird-4K8M2C' } })
  expect(entered.json()).toMatchObject({ account: { id: 'bluebird-4K8M2C', isDirect: false } })
})

test('the demo has a token for a script on each side, which works as Bearer and in HTTP Basic', async () => {
  for (const { email, token } of demoTokens) {
    const basic = Buffer.from(`BOOMI_TOKEN.${email}:${token}`).toString('base64')
    for (const authorization of [`Bearer ${token}`, `Basic ${basic}`]) {
      const answer = await app.inject({ url: '/api/v1/account', headers: { authorization } })
      expect(answer.statusCode, answer.body).toBe(200)
      const person = demoPeople.find((one) => one.email === email)
      expect(answer.json()).toMatchObject({ id: person?.accountId })
    }
  }
})

test('the demo has a webhook to look at, which calls nobody', async () => {
  expect(await db.webhook.findMany()).toMatchObject([
    { accountId: 'orchard-7Q2X1A', url: 'https://hooks.orchard.example/releases', paused: 'PERSON' },
  ])
  expect(await db.webhookDelivery.count()).toBe(0)
})
