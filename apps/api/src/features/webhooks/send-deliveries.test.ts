import type { NoticePage } from '@packline/contract/notices.ts'
import type { WebhookDeliveryView, WebhookView } from '@packline/contract/webhooks.ts'
import { Webhook } from 'standardwebhooks'
import { describe, expect, test } from 'vitest'
import { createAccount, signInAs } from '../../test/people.ts'
import { createTestApp } from '../../test/test-app.ts'
import { startReceiver } from '../../test/webhook-receiver.ts'
import { spreadEvents } from '../notices/spread-events.ts'
import { createSender } from './send-deliveries.ts'

const server = await createTestApp({
  webhooks: { allowedNetworks: ['127.0.0.1'], allowsHttp: true },
  publicUrl: 'http://packline.test',
  mail: { smtpUrl: 'smtp://mail.invalid', from: { name: 'Packline', address: 'packline@mail.invalid' } },
})
const { db, deps } = server

async function createScene(answer?: Parameters<typeof startReceiver>[0]) {
  const accountId = await createAccount(server)
  const admin = await signInAs(server, { accountId, role: 'administrator' })
  const receiver = await startReceiver(answer)
  const made = await admin.call('POST', '/webhooks', {
    body: { url: receiver.url, events: ['release.released'] },
  })
  const { webhook, secret } = made.json<{ webhook: WebhookView; secret: string }>()
  const path = `/webhooks/${webhook.id}`
  return {
    receiver,
    secret,
    admin,
    accountId,
    webhookId: webhook.id,
    webhook: async () => (await admin.call('GET', path)).json<WebhookView>(),
    sendTest: async () => (await admin.call('POST', `${path}/test`)).json<WebhookDeliveryView>(),
    delivery: async (id: string) =>
      (await admin.call('GET', `${path}/deliveries/${id}`)).json<WebhookDeliveryView>(),
    call: (method: 'POST' | 'PATCH', rest: string, body?: object) =>
      admin.call(method, path + rest, body === undefined ? {} : { body }),
  }
}

/** One instance sends everything that is due. */
async function sendAll(options?: Parameters<typeof createSender>[1]) {
  const sender = createSender(deps, options)
  while ((await sender.sendDue()) > 0) await sender.settle()
}
const makeDue = (webhookId: string) => db.$executeRaw`
  update "WebhookDelivery" set "nextTryAt" = now() - interval '1 second' where "webhookId" = ${webhookId}::uuid and state = 'WAITING'`

describe('what arrives', () => {
  test('is signed as Standard Webhooks says, and the log says how it went', async () => {
    const { receiver, secret, sendTest, delivery, webhook } = await createScene({
      status: 202,
      body: 'thanks\u0000!',
    })
    const { id } = await sendTest()
    await sendAll()
    const [message] = receiver.received
    expect(receiver.received).toHaveLength(1)
    expect(message?.headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-id': id,
      'user-agent': 'Packline-Webhooks/1',
    })
    const verified = new Webhook(secret).verify(message?.body ?? '', message?.headers ?? {})
    expect(verified).toMatchObject({ type: 'webhook.test', timestamp: expect.any(String) })
    expect(() => new Webhook(secret).verify(`${message?.body} `, message?.headers ?? {})).toThrow()
    expect(await delivery(id)).toMatchObject({
      state: 'DELIVERED',
      attempts: 1,
      lastStatus: 202,
      lastAnswer: 'thanks!',
      lastProblem: null,
      nextTryAt: null,
      body: message?.body,
    })
    expect((await webhook()).lastSucceededAt).not.toBeNull()
  })

  test('is signed with both secrets for a day after rolling, and with the former one no longer', async () => {
    const { receiver, secret, sendTest, call, webhookId } = await createScene()
    const rolled = (await call('POST', '/secret', {})).json<{ secret: string }>()
    await sendTest()
    await sendAll()
    for (const each of [secret, rolled.secret]) {
      const { body = '', headers = {} } = receiver.received[0] ?? {}
      expect(new Webhook(each).verify(body, headers)).toMatchObject({ type: 'webhook.test' })
    }
    await db.$executeRaw`
      update "Webhook" set "formerSecretEndsAt" = now() - interval '1 second' where id = ${webhookId}::uuid`
    await sendTest()
    await sendAll()
    const { body = '', headers = {} } = receiver.received[1] ?? {}
    expect(() => new Webhook(secret).verify(body, headers)).toThrow()
    expect(new Webhook(rolled.secret).verify(body, headers)).toMatchObject({ type: 'webhook.test' })
  })

  test('again has the same id and the same bytes, with a signature of its own time', async () => {
    const { receiver, secret, sendTest, delivery, call } = await createScene()
    const { id } = await sendTest()
    await sendAll()
    const again = await call('POST', `/deliveries/${id}/send-again`)
    expect(again.statusCode).toBe(202)
    expect(again.json()).toMatchObject({ state: 'WAITING' })
    await sendAll()
    const [first, second] = receiver.received
    expect([second?.headers['webhook-id'], second?.body]).toEqual([first?.headers['webhook-id'], first?.body])
    expect(new Webhook(secret).verify(second?.body ?? '', second?.headers ?? {})).toBeTruthy()
    expect(await delivery(id)).toMatchObject({ state: 'DELIVERED', attempts: 2 })
  })
})

describe('what does not arrive', () => {
  test.each([
    [
      { status: 500, body: 'boom' },
      'The address answered 500; only an answer from 200 to 299 counts as received.',
    ],
    [
      { status: 302, headers: { location: 'http://127.0.0.1:1/' } },
      'The address answered 302, a redirect, which is not followed. Enter the address it leads to.',
    ],
    [{ status: 200, afterMillis: 2_000 }, 'The address did not answer within 10 seconds.'],
  ])('%j is tried again, and the log says why', async (answer, problem) => {
    const { receiver, sendTest, delivery, webhook, webhookId } = await createScene(answer)
    const { id } = await sendTest()
    await sendAll({ timeoutMillis: 300 })
    expect(await delivery(id)).toMatchObject({
      state: 'WAITING',
      attempts: 1,
      lastProblem: problem,
      nextTryAt: expect.any(String),
    })
    expect((await webhook()).failingSince).not.toBeNull()

    receiver.answerWith({ status: 204 })
    await sendAll()
    expect(receiver.received).toHaveLength(1)
    await makeDue(webhookId)
    await sendAll()
    expect(await delivery(id)).toMatchObject({ state: 'DELIVERED', attempts: 2 })
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([id]))
    expect(await webhook()).toMatchObject({ failingSince: null })
  })

  test('is given up after 24 hours; Send again begins anew', async () => {
    const { sendTest, delivery, webhook, call, webhookId } = await createScene({ status: 503 })
    const { id } = await sendTest()
    await sendAll()
    await db.$executeRaw`
      update "WebhookDelivery" set "giveUpAt" = now() + interval '10 seconds', "nextTryAt" = now() - interval '1 second'
      where "webhookId" = ${webhookId}::uuid`
    await sendAll()
    expect(await delivery(id)).toMatchObject({ state: 'FAILED', attempts: 2, nextTryAt: null })
    expect(await webhook()).toMatchObject({ failed: 1, waiting: 0 })
    await call('POST', `/deliveries/${id}/send-again`)
    await sendAll()
    expect(await delivery(id)).toMatchObject({ state: 'WAITING', attempts: 3 })
  })

  test('pauses the webhook after five days of failures, and nothing is lost', async () => {
    const scene = await createScene({ status: 500 })
    const { receiver, sendTest, delivery, webhook, call, webhookId } = scene
    const { id } = await sendTest()
    await sendAll()
    await db.$executeRaw`
      update "Webhook" set "failingSince" = now() - interval '5 days' where id = ${webhookId}::uuid`
    await makeDue(webhookId)
    await sendAll()
    expect(await webhook()).toMatchObject({ pause: { reason: 'FAILURES' }, waiting: 1 })
    const entries = await db.auditEntry.findMany({ where: { objectId: webhookId, action: 'webhook PAUSE' } })
    expect(entries).toMatchObject([
      { actorKind: 'SCHEDULER', actorName: 'Webhook deliveries', after: { url: receiver.url } },
    ])

    await makeDue(webhookId)
    await sendAll()
    expect(receiver.received).toHaveLength(2)
    receiver.answerWith({ status: 200 })
    await call('PATCH', '', { isPaused: false })
    await sendAll()
    expect(await delivery(id)).toMatchObject({ state: 'DELIVERED', attempts: 3 })
    expect(await webhook()).toMatchObject({ pause: null, failingSince: null })
  })

  test('of a webhook that is paused is told to those who may mend it, under the bell and by mail', async () => {
    const { receiver, sendTest, webhookId, admin, accountId, call } = await createScene({ status: 410 })
    const operator = await signInAs(server, { accountId })
    await sendTest()
    await sendAll()
    await spreadEvents(deps, { sendsMail: true })
    const noticesOf = async (person: typeof admin) =>
      (await person.call('GET', '/notices')).json<NoticePage>().notices
    const [notice] = await noticesOf(admin)
    expect(notice).toMatchObject({
      facts: {
        type: 'webhook.paused',
        webhookUrl: receiver.url,
        cause: 'The address answered 410: it is gone for good.',
        by: null,
      },
      target: { kind: 'webhook', webhookId },
    })
    expect(await noticesOf(operator)).toEqual([])
    const mails = await db.mail.findMany({ where: { noticeId: notice?.id ?? '' } })
    expect(mails).toMatchObject([{ toAddress: admin.email }])

    // Paused again, it is told again.
    await call('PATCH', '', { isPaused: false })
    await makeDue(webhookId)
    await sendAll()
    await spreadEvents(deps, { sendsMail: true })
    expect(await noticesOf(admin)).toHaveLength(2)
  })

  test('because the address is gone pauses at once', async () => {
    const { sendTest, webhook } = await createScene({ status: 410 })
    await sendTest()
    await sendAll()
    expect(await webhook()).toMatchObject({ pause: { reason: 'GONE' }, waiting: 1 })
  })

  test('into a closed network is refused without saying where it led', async () => {
    const { sendTest, delivery, webhookId } = await createScene()
    await db.$executeRaw`update "Webhook" set url = 'http://hooks.example/' where id = ${webhookId}::uuid`
    const { id } = await sendTest()
    await sendAll({ resolve: () => Promise.resolve([{ address: '10.1.2.3', family: 4 }]) })
    const seen = await delivery(id)
    expect(seen.lastProblem).toBe('The address leads into a network that Packline may not call.')
    expect(JSON.stringify(seen)).not.toContain('10.1.2.3')
  })
})

describe('several instances', () => {
  test('share the work: nothing is sent twice, and nothing is left', async () => {
    const scene = await createScene({ status: 204, afterMillis: 30 })
    const ids = []
    for (let count = 0; count < 40; count++) ids.push((await scene.sendTest()).id)
    await Promise.all([sendAll(), sendAll(), sendAll()])
    while ((await scene.webhook()).waiting > 0) await sendAll()
    const sent = scene.receiver.received.map(({ headers }) => headers['webhook-id'])
    expect(sent.toSorted()).toEqual(ids.toSorted())
  }, 60_000)

  test('take over what one of them had begun when it ended, under the same id', async () => {
    const { receiver, sendTest, delivery, webhookId } = await createScene()
    const { id } = await sendTest()
    await db.$executeRaw`
      update "WebhookDelivery" set "leaseId" = gen_random_uuid(), "leaseEndsAt" = now() + interval '30 seconds'
      where "webhookId" = ${webhookId}::uuid`
    await sendAll()
    expect(receiver.received).toHaveLength(0)
    await db.$executeRaw`
      update "WebhookDelivery" set "leaseEndsAt" = now() - interval '1 second' where "webhookId" = ${webhookId}::uuid`
    await sendAll()
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([id])
    expect(await delivery(id)).toMatchObject({ state: 'DELIVERED' })
  })

  test('let the outcome of whoever holds the lease count', async () => {
    const { receiver, sendTest, delivery, webhookId } = await createScene({ status: 500, afterMillis: 300 })
    const { id } = await sendTest()
    const slow = createSender(deps)
    await slow.sendDue()
    // It took so long that another instance has delivered meanwhile.
    while (receiver.received.length === 0) await new Promise((next) => setTimeout(next, 10))
    await db.$executeRaw`
      update "WebhookDelivery" set "leaseEndsAt" = now() - interval '1 second' where "webhookId" = ${webhookId}::uuid`
    receiver.answerWith({ status: 200 })
    await sendAll()
    await slow.settle()
    expect(await delivery(id)).toMatchObject({ state: 'DELIVERED', attempts: 1, lastStatus: 200 })
  })
})

test('a slow address with a long queue is in nobody else’s way', async () => {
  const slow = await createScene({ status: 204, afterMillis: 1_000 })
  const quick = await createScene()
  for (let count = 0; count < 12; count++) await slow.sendTest()
  await quick.sendTest()
  const sender = createSender(deps, { slots: 6 })
  await sender.sendDue()
  const startedAt = performance.now()
  while (quick.receiver.received.length === 0) await new Promise((next) => setTimeout(next, 10))
  expect(performance.now() - startedAt).toBeLessThan(900)
  await sender.settle()
  expect(slow.receiver.mostOpen()).toBeLessThanOrEqual(4)
  expect(slow.receiver.received).toHaveLength(4)
})
