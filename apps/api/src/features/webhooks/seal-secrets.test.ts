import { randomBytes } from 'node:crypto'
import type { WebhookView } from '@packline/contract/webhooks.ts'
import { expect, test } from 'vitest'
import { createSecretBox } from '../../platform/secret-box.ts'
import { secretContext } from '../../platform/sign-webhook.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import { createTestApp } from '../../test/test-app.ts'
import { sealSecrets } from './seal-secrets.ts'

const app = await createTestApp()
const { db, deps } = app
const admin = await signInAs(app, { accountId: await createAccount(app), role: 'administrator' })

async function createWebhook() {
  const made = await admin.call('POST', '/webhooks', {
    body: { url: 'https://hooks.example/', events: ['release.released'] },
  })
  return made.json<{ webhook: WebhookView; secret: string }>()
}
const stored = (id: string) => db.webhook.findUniqueOrThrow({ where: { id } })
const opened = async (id: string, secrets = deps.secrets) =>
  secrets.open((await stored(id)).secret, secretContext(id))

test('the database has no secret as it is told, neither the new one nor the one before', async () => {
  const { webhook, secret } = await createWebhook()
  expect((await stored(webhook.id)).secret).toMatch(/^sealed:v1:/)
  expect(await opened(webhook.id)).toBe(secret)

  const rolled = await admin.call('POST', `/webhooks/${webhook.id}/secret`, {
    body: { endsFormerNow: false },
  })
  const { secret: next } = rolled.json<{ secret: string }>()
  const row = await stored(webhook.id)
  expect(await opened(webhook.id)).toBe(next)
  expect(deps.secrets.open(row.formerSecret ?? '', secretContext(webhook.id))).toBe(secret)
  expect(JSON.stringify(row)).not.toMatch(/whsec_/)
})

test('secrets from before there was a key are sealed and stay the ones they are', async () => {
  const { webhook, secret } = await createWebhook()
  const plain = { secret, formerSecret: 'whsec_Zm9ybWVy' }
  await db.webhook.update({
    where: { id: webhook.id },
    data: { ...plain, formerSecretEndsAt: new Date('2100-01-01T00:00:00Z') },
  })
  expect(await opened(webhook.id)).toBe(secret)

  expect(await sealSecrets(db, deps.secrets)).toEqual({ kind: 'sealed', count: 1 })
  const row = await stored(webhook.id)
  expect([row.secret, row.formerSecret].every((one) => one?.startsWith(deps.secrets.currentMark))).toBe(true)
  expect(await opened(webhook.id)).toBe(secret)
  expect(deps.secrets.open(row.formerSecret ?? '', secretContext(webhook.id))).toBe(plain.formerSecret)
  expect(await sealSecrets(db, deps.secrets)).toEqual({ kind: 'sealed', count: 0 })
})

test('behind a new key the former one opens once more; without it nothing is changed', async () => {
  const [former, next] = [randomBytes(32), randomBytes(32)]
  const { webhook, secret } = await createWebhook()
  const byFormer = createSecretBox([former]).seal(secret, secretContext(webhook.id))
  await db.webhook.deleteMany({ where: { id: { not: webhook.id } } })
  await db.webhook.update({ where: { id: webhook.id }, data: { secret: byFormer } })

  expect(await sealSecrets(db, createSecretBox([next]))).toEqual({ kind: 'refused', reason: 'key-unknown' })
  expect((await stored(webhook.id)).secret).toBe(byFormer)
  expect(await sealSecrets(db, createSecretBox([next, former]))).toEqual({ kind: 'sealed', count: 1 })
  expect(await opened(webhook.id, createSecretBox([next]))).toBe(secret)
})

test('a secret that was copied to another webhook opens nothing there', async () => {
  const [one, two] = [await createWebhook(), await createWebhook()]
  const { secret } = await stored(one.webhook.id)
  await db.webhook.update({ where: { id: two.webhook.id }, data: { secret } })
  await expect(opened(two.webhook.id)).rejects.toThrow()
  expect(await opened(one.webhook.id)).toBe(one.secret)
})
