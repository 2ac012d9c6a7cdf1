import { expect, test } from 'vitest'
import { createTestApp } from '../test/test-app.ts'
import { recordEvent } from './events.ts'
import { sendMail } from './mail-outbox.ts'

const { db } = await createTestApp()
const at = Temporal.Instant.from('2026-11-20T09:00:00Z')

test('an event written twice under one key stays the first one', async () => {
  const event = { key: 'update.applied:1', type: 'update.applied', at, accountId: 'apple-1' } as const
  await db.$transaction(async (tx) => {
    await recordEvent(tx, { ...event, data: { packName: 'Orders' } })
    await recordEvent(tx, { ...event, data: { packName: 'Invoices' } })
  })
  const events = await db.event.findMany({ where: { key: event.key } })
  expect(events).toMatchObject([{ data: { packName: 'Orders' }, spreadAt: null, actorUserId: null }])
})

test('an event goes with the transaction that wrote it', async () => {
  const act = db.$transaction(async (tx) => {
    await recordEvent(tx, { key: 'update.failed:1', type: 'update.failed', at, accountId: 'apple-1' })
    throw new Error('the act failed')
  })
  await expect(act).rejects.toThrow('the act failed')
  expect(await db.event.count({ where: { key: 'update.failed:1' } })).toBe(0)
})

test('a mail written twice under one key is one mail', async () => {
  const mail = { key: 'reset:1', to: { address: 'rita@orchard.example' }, subject: 'Reset', text: 'Here' }
  await db.$transaction(async (tx) => {
    await sendMail(tx, { ...mail, usefulForMinutes: 30 })
    await sendMail(tx, { ...mail, text: 'There' })
  })
  const mails = await db.mail.findMany()
  expect(mails).toMatchObject([{ text: 'Here', sentAt: null, failedAt: null }])
  const [one] = mails
  expect(one && one.giveUpAt.getTime() - one.createdAt.getTime()).toBeLessThanOrEqual(30 * 60_000)
})
