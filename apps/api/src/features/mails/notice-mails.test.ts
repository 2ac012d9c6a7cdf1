import { expect, test } from 'vitest'
import { createMailTransport } from '../../platform/mail-transport.ts'
import { createConsumer, createPlace, install } from '../../test/consumer-scene.ts'
import { bodyOf, headerOf, startMailServer } from '../../test/mail-server.ts'
import { createReleaseScene, scheduleRelease } from '../../test/release-scene.ts'
import { createTestApp } from '../../test/test-app.ts'
import { spreadEvents } from '../notices/spread-events.ts'
import { deliverMails } from './deliver-mails.ts'

const app = await createTestApp()
const { db, deps } = app
const server = await startMailServer({ STARTTLS: 'no' })
const transport = createMailTransport({
  smtpUrl: server.url,
  from: { name: '', address: 'packline@example.com' },
})

const spread = () => spreadEvents(deps, { sendsMail: true })
const deliver = () => deliverMails(deps.jobDb, { transport, publicUrl: 'https://packline.example' })

async function scheduleForCustomer(packName: string) {
  const scene = await createReleaseScene(app)
  await db.integrationPack.update({ where: { id: scene.pack.id }, data: { name: packName } })
  const customer = await createConsumer(app, scene)
  const place = await createPlace(app, customer.accountId)
  await install(customer, scene.pack.id, [place.id])
  await db.user.update({
    where: { id: customer.operator.userId },
    data: { locale: 'de-AT', timeZone: 'Asia/Kathmandu', firstName: 'Bärbel', lastName: 'Öst, Sales <x>' },
  })
  await scheduleRelease(scene, '2027-03-01')
  await spread()
  return { scene, customer }
}
const mailsTo = (address: string) => server.received.filter(({ to }) => to.includes(address))

test('the managed account reads by mail what comes, when on its own clock, and gets the calendar entry', async () => {
  const { customer } = await scheduleForCustomer('<script>alert(1)</script> Örders')
  expect((await deliver()).sent).toBe(1)
  const [mail] = mailsTo(customer.operator.email)
  if (!mail) throw new Error('No mail came')
  const text = bodyOf(mail, 'text/plain')
  expect(text).toContain('1. März 2027')
  expect(text).toContain('in your time zone Asia/Kathmandu')
  expect(text).toContain('04:45')
  const html = bodyOf(mail, 'text/html')
  expect(html).not.toContain('<script')
  expect(html).toContain('&lt;script&gt;')

  const notice = await db.notice.findFirstOrThrow({ where: { userId: customer.operator.userId } })
  expect(text).toContain(`https://packline.example/notices/${notice.id}`)
  const calendar = /https:\/\/packline\.example(\/api\/v1\/notice-calendars\/\S+)/.exec(text)?.[1] ?? ''
  const entry = await app.app.inject({ url: calendar })
  expect(entry.body).toContain('DTSTART:20270228T230000Z')
  expect(headerOf(mail, 'To')).toContain(`<${customer.operator.email}>`)
})

test('whoever has left the account, or whose account is suspended since, gets no mail any more', async () => {
  const left = await scheduleForCustomer('Order to Cash')
  await db.membership.deleteMany({ where: { userId: left.customer.operator.userId } })
  const suspended = await scheduleForCustomer('Order to Cash')
  await db.account.update({ where: { id: suspended.customer.accountId }, data: { status: 'suspended' } })
  expect((await deliver()).sent).toBe(0)
  const mails = await db.mail.findMany({ where: { failedAt: { not: null } } })
  expect(mails).toHaveLength(2)
  expect(mails[0]?.lastError).toContain('does not work in the account any more')
})

test('a second spreading, and a second instance, send no second mail', async () => {
  const { customer } = await scheduleForCustomer('Order to Cash')
  await spread()
  await Promise.all([deliver(), deliver()])
  await deliver()
  expect(mailsTo(customer.operator.email)).toHaveLength(1)
})
