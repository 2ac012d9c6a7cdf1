import { demoPeople, demoTokens } from '@packline/database/demo/demo-people.ts'
import { seedDemo } from '@packline/database/demo/seed-demo.ts'
import { expect, test } from 'vitest'
import { businessNow } from '../platform/clock.ts'
import { hashPassword } from '../platform/password-hash.ts'
import { zoneDataInUse } from '../platform/zone-data.ts'
import { createTestApp } from './test-app.ts'

const { app, db } = await createTestApp()
await seedDemo(db, { hashPassword, now: await businessNow(db), zoneDataVersion: zoneDataInUse })

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
