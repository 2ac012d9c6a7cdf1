import { describe, expect, test } from 'vitest'
import type { WebhookView } from '@packline/contract/webhooks.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import { createTestApp } from '../../test/test-app.ts'

const server = await createTestApp()
const { db } = server
const accountId = await createAccount(server)
const admin = await signInAs(server, { accountId, role: 'administrator' })
const draft = { url: 'https://hooks.example/a', description: 'Our bot', events: ['release.released'] }

async function create(changes: Record<string, unknown> = {}, person = admin) {
  const response = await person.call('POST', '/webhooks', { body: { ...draft, ...changes } })
  expect(response.statusCode, response.body).toBe(201)
  return response.json<{ webhook: WebhookView; secret: string }>()
}
const auditOf = async (webhookId: string) => {
  const entries = await db.auditEntry.findMany({ where: { objectId: webhookId }, orderBy: { at: 'asc' } })
  return entries.map(({ action }) => action)
}

test('a webhook is made with a secret that is shown once, listed without it and audited', async () => {
  const { webhook, secret } = await create()
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  expect(webhook).toMatchObject({ ...draft, pause: null, waiting: 0, failed: 0, version: 1 })

  const list = await admin.call('GET', '/webhooks')
  expect(list.json().rows).toContainEqual(webhook)
  const read = await admin.call('GET', `/webhooks/${webhook.id}`)
  expect(read.headers['etag']).toBe('"1"')
  const entries = await db.auditEntry.findMany({ where: { objectId: webhook.id } })
  expect(entries).toMatchObject([{ action: 'webhook ADD', accountId, after: draft }])
  expect(list.body + read.body + JSON.stringify(entries)).not.toContain('whsec_')
})

test('the same request again makes no second webhook and does not show the secret again', async () => {
  const own = await signInAs(server, { accountId: await createAccount(server), role: 'administrator' })
  const send = () =>
    own.call('POST', '/webhooks', { body: draft, headers: { 'idempotency-key': 'make-one-webhook' } })
  const first = (await send()).json<{ secret: string }>()
  const again = await send()
  expect(again.json()).toMatchObject({ secret: null })
  expect(JSON.stringify(await db.idempotencyRecord.findMany())).not.toContain(first.secret)
  expect((await own.call('GET', '/webhooks')).json().rows).toHaveLength(1)
})

describe('bad input', () => {
  test.each([
    [{ url: 'hooks' }, 'url-invalid', 'Enter the whole address, such as https://hooks.example.com/packline.'],
    [
      { url: 'https://a:b@hooks.example' },
      'url-with-password',
      'Leave user and password out of the address. The signature shows that a call comes from here.',
    ],
    [
      { url: `https://hooks.example/${'a'.repeat(2_000)}` },
      'url-too-long',
      'An address has at most 2,000 characters. Shorten it.',
    ],
    [
      { description: 'a'.repeat(256) },
      'description-too-long',
      'A description has at most 255 characters. Shorten it.',
    ],
    [{ events: [] }, 'events-empty', 'Choose at least one event.'],
  ])('%j', async (changes, code, message) => {
    const response = await admin.call('POST', '/webhooks', { body: { ...draft, ...changes } })
    expect(response.statusCode).toBe(422)
    expect(response.json()).toMatchObject({ code, message })
  })

  test('without a certificate, where that is not allowed', async () => {
    const strict = await createTestApp({
      databaseUrl: server.url,
      webhooks: { allowedNetworks: [], allowsHttp: false },
    })
    const person = await signInAs(strict, { accountId, role: 'administrator' })
    const response = await person.call('POST', '/webhooks', {
      body: { ...draft, url: 'http://hooks.example' },
    })
    expect(response.json()).toMatchObject({
      code: 'url-not-https',
      message: 'Enter an address that begins with https://, so that nobody on the way can read along.',
    })
  })

  test('an event that does not exist', async () => {
    const response = await admin.call('POST', '/webhooks', {
      body: { ...draft, events: ['release.reminder'] },
    })
    expect(response.statusCode).toBe(400)
  })

  test('a twenty-first webhook, also when two come at once', async () => {
    const own = await signInAs(server, { accountId: await createAccount(server), role: 'administrator' })
    for (let count = 0; count < 19; count++) await create({}, own)
    const answers = await Promise.all([1, 2].map(() => own.call('POST', '/webhooks', { body: draft })))
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409])
    expect(answers.find(({ statusCode }) => statusCode === 409)?.json()).toMatchObject({
      code: 'too-many-webhooks',
      message: 'An account has at most 20 webhooks. Delete one that is not needed any more.',
    })
  })
})

describe('changes', () => {
  test('what is left out stays; every change has its entry', async () => {
    const { webhook } = await create()
    const edit = (body: object) => admin.call('PATCH', `/webhooks/${webhook.id}`, { body })
    const edited = await edit({ events: ['release.late', 'release.released'] })
    expect(edited.json()).toMatchObject({
      url: draft.url,
      events: ['release.released', 'release.late'],
      version: 2,
    })
    expect((await edit({ isPaused: true })).json()).toMatchObject({ pause: { reason: 'PERSON' } })
    expect((await edit({ isPaused: true })).json()).toMatchObject({ version: 3 })
    expect((await edit({ isPaused: false })).json()).toMatchObject({ pause: null, version: 4 })
    expect((await edit({})).json()).toMatchObject({ version: 4 })
    expect(await auditOf(webhook.id)).toEqual([
      'webhook ADD',
      'webhook EDIT',
      'webhook PAUSE',
      'webhook RESUME',
    ])
  })

  test('an older copy overwrites and deletes nothing', async () => {
    const { webhook } = await create()
    const path = `/webhooks/${webhook.id}`
    await admin.call('PATCH', path, { body: { description: 'Theirs' } })
    const headers = { 'if-match': '"1"' }
    for (const response of [
      await admin.call('PATCH', path, { body: { description: 'Mine' }, headers }),
      await admin.call('DELETE', path, { headers }),
    ]) {
      expect(response.statusCode).toBe(412)
      expect(response.json()).toMatchObject({
        code: 'webhook-changed',
        details: { current: { description: 'Theirs', version: 2 } },
      })
    }
    expect((await admin.call('DELETE', path, { headers: { 'if-match': '"2"' } })).statusCode).toBe(204)
    expect((await admin.call('GET', path)).statusCode).toBe(404)
    expect(await auditOf(webhook.id)).toEqual(['webhook ADD', 'webhook EDIT', 'webhook DELETE'])
  })

  test('a rolled secret is another one, and says until when the former signs as well', async () => {
    const { webhook, secret } = await create()
    const roll = (body: object) => admin.call('POST', `/webhooks/${webhook.id}/secret`, { body })
    const rolled = (await roll({})).json<{ webhook: WebhookView; secret: string }>()
    expect(rolled.secret).not.toBe(secret)
    expect(rolled.webhook.formerSecretEndsAt).not.toBeNull()
    const leaked = (await roll({ endsFormerNow: true })).json<{ webhook: WebhookView; secret: string }>()
    expect(leaked.webhook.formerSecretEndsAt).toBeNull()
    expect(await auditOf(webhook.id)).toEqual(['webhook ADD', 'webhook ROLL_SECRET', 'webhook ROLL_SECRET'])
  })
})

test('nobody sees, changes or uses the webhook of another account', async () => {
  const { webhook } = await create()
  const sent = (await admin.call('POST', `/webhooks/${webhook.id}/test`)).json<{ id: string }>()
  const stranger = await signInAs(server, { accountId: await createAccount(server), role: 'administrator' })
  const path = `/webhooks/${webhook.id}`
  const tried = [
    await stranger.call('GET', path),
    await stranger.call('PATCH', path, { body: { isPaused: true } }),
    await stranger.call('DELETE', path),
    await stranger.call('POST', `${path}/secret`, { body: {} }),
    await stranger.call('POST', `${path}/test`),
    await stranger.call('GET', `${path}/deliveries`),
    await stranger.call('GET', `${path}/deliveries/${sent.id}`),
    await stranger.call('POST', `${path}/deliveries/${sent.id}/send-again`),
  ]
  expect(tried.map(({ statusCode }) => statusCode)).toEqual(tried.map(() => 404))
  expect((await stranger.call('GET', '/webhooks')).json()).toMatchObject({ rows: [] })
  const unknown = await stranger.call('GET', '/webhooks/00000000-0000-4000-8000-000000000000')
  const { requestId: _one, ...foreign } = tried[0]?.json() ?? {}
  const { requestId: _other, ...nothing } = unknown.json()
  expect(foreign).toEqual(nothing)

  // A delivery of another webhook of the same account is not this webhook's either.
  const other = await create()
  const mixed = `/webhooks/${other.webhook.id}/deliveries/${sent.id}`
  expect((await admin.call('GET', mixed)).statusCode).toBe(404)
  expect((await admin.call('POST', `${mixed}/send-again`)).statusCode).toBe(404)
})

test('the log is paged and filtered, newest first, and shows what is sent', async () => {
  const { webhook } = await create()
  const path = `/webhooks/${webhook.id}`
  for (let count = 0; count < 5; count++) await admin.call('POST', `${path}/test`)
  await db.$executeRaw`
    update "WebhookDelivery" set state = 'FAILED', "createdAt" = "createdAt" - interval '1 hour' where id = (
      select id from "WebhookDelivery" where "webhookId" = ${webhook.id}::uuid limit 1)`
  const page = (await admin.call('GET', `${path}/deliveries`, { query: { pageSize: '2', page: '3' } })).json()
  expect(page).toMatchObject({ total: 5, page: 3, rows: [{ type: 'webhook.test', state: 'FAILED' }] })
  const failed = await admin.call('GET', `${path}/deliveries`, { query: { state: 'FAILED' } })
  expect(failed.json()).toMatchObject({ total: 1 })
  const one = await admin.call('GET', `${path}/deliveries/${page.rows[0].id}`)
  expect(JSON.parse(one.json().body)).toMatchObject({ type: 'webhook.test', data: { accountId } })
  expect((await admin.call('GET', path)).json()).toMatchObject({ waiting: 4, failed: 1 })
})

test('a paused webhook sends nothing, on nobody’s wish', async () => {
  const { webhook } = await create()
  const path = `/webhooks/${webhook.id}`
  const sent = (await admin.call('POST', `${path}/test`)).json<{ id: string }>()
  await admin.call('PATCH', path, { body: { isPaused: true } })
  for (const response of [
    await admin.call('POST', `${path}/test`),
    await admin.call('POST', `${path}/deliveries/${sent.id}/send-again`),
  ]) {
    expect(response.statusCode).toBe(409)
    expect(response.json()).toMatchObject({
      code: 'webhook-paused',
      message: 'This webhook is paused, so nothing is sent. Resume it first.',
    })
  }
})
