import { afterAll, beforeEach, expect, test } from 'vitest'
import { sendMail } from '../../platform/mail-outbox.ts'
import { createMailTransport } from '../../platform/mail-transport.ts'
import { bodyOf, headerOf, type MailServer, startMailServer } from '../../test/mail-server.ts'
import { createTestApp } from '../../test/test-app.ts'
import { deliverMails } from './deliver-mails.ts'

const { db, deps } = await createTestApp()
const server = await startMailServer({ STARTTLS: 'no' })
const from = { name: 'Packline', address: 'packline@example.com' }
const transport = createMailTransport({ smtpUrl: server.url, from })
afterAll(() => transport.close())

const publicUrl = 'https://packline.example'
const givenUp: string[] = []
const deliver = (by = transport) =>
  deliverMails(deps.jobDb, { transport: by, publicUrl, onGivenUp: ({ error }) => void givenUp.push(error) })
const mailOf = (key: string) => db.mail.findUniqueOrThrow({ where: { key } })
/** As if the pause before the next try, or the lease of whoever died, were over. */
const waitIsOver = () =>
  db.$executeRaw`update "Mail" set "nextTryAt" = now() - interval '1 second' where "sentAt" is null`

let count = 0
async function write(mail: Partial<Parameters<typeof sendMail>[1]> = {}) {
  count += 1
  const key = `test:${count}`
  await db.$transaction((tx) =>
    sendMail(tx, {
      key,
      to: { address: `reader${count}@example.test`, name: 'Rita Hall' },
      subject: 'Set a new password',
      text: 'The link: https://packline.example/reset-password#token=abc',
      ...mail,
    }),
  )
  return mail.key ?? key
}

beforeEach(async () => {
  await db.mail.deleteMany()
  await server.be('takes-all')
  server.received.length = 0
  givenUp.length = 0
})

test('a mail arrives once as it was written, and what it said is forgotten', async () => {
  const key = await write({ html: '<p>The link</p>' })
  expect(await deliver()).toEqual({ sent: 1, isServerAway: false })
  expect(await deliver()).toEqual({ sent: 0, isServerAway: false })
  const [mail] = server.received
  expect(server.received).toHaveLength(1)
  if (!mail) return
  expect(headerOf(mail, 'From')).toBe('Packline <packline@example.com>')
  expect(headerOf(mail, 'To')).toBe(`Rita Hall <reader${count}@example.test>`)
  expect(headerOf(mail, 'Subject')).toBe('Set a new password')
  expect(headerOf(mail, 'Message-ID')).toMatch(/^<[0-9a-f]{40}@example\.com>$/)
  expect(headerOf(mail, 'Auto-Submitted')).toBe('auto-generated')
  expect(bodyOf(mail, 'text/plain')).toContain('reset-password#token=abc')
  expect(bodyOf(mail, 'text/html')).toContain('<p>The link</p>')
  expect(await mailOf(key)).toMatchObject({ subject: null, text: null, html: null, attempts: 1 })
  expect((await mailOf(key)).sentAt).not.toBeNull()
})

test('names and subjects cannot add a header, a recipient or markup', async () => {
  await write({
    to: { address: 'reader@example.test', name: 'Rita\r\nBcc: everybody@example.test' },
    subject: 'Orders\r\nBcc: everybody@example.test\r\n\r\n<script>alert(1)</script>',
    html: '<p>safe</p>',
  })
  await deliver()
  const [mail] = server.received
  if (!mail) throw new Error('No mail came')
  expect(mail.to).toEqual(['reader@example.test'])
  expect(headerOf(mail, 'Bcc')).toBeUndefined()
  expect(headerOf(mail, 'Subject')).toBe('Orders Bcc: everybody@example.test <script>alert(1)</script>')
  expect(bodyOf(mail, 'text/html')).not.toContain('<script')
})

test.each(['closed', 'drops', 'refuses-sender'] as const)(
  'the server that %s is tried again later, with the same Message-ID',
  async (mood) => {
    const key = await write()
    await server.be(mood)
    expect(await deliver()).toEqual({ sent: 0, isServerAway: true })
    expect(await mailOf(key)).toMatchObject({ sentAt: null, failedAt: null, attempts: 1 })
    expect((await mailOf(key)).lastError).toBeTruthy()
    // Not before its pause is over.
    await server.be('takes-all')
    expect(await deliver()).toEqual({ sent: 0, isServerAway: false })
    await waitIsOver()
    expect((await deliver()).sent).toBe(1)
  },
)

test('a server that is away is asked once, not for every mail', async () => {
  for (let number = 0; number < 5; number += 1) await write()
  await server.be('closed')
  expect(await deliver()).toEqual({ sent: 0, isServerAway: true })
  expect(await db.mail.count({ where: { attempts: 1, lastError: { not: null } } })).toBe(5)
  await server.be('takes-all')
  await waitIsOver()
  expect((await deliver()).sent).toBe(5)
})

test('a server that takes its time is waited for', async () => {
  await write()
  await server.be('slow')
  expect((await deliver()).sent).toBe(1)
})

test('busy at first, then taken: one mail', async () => {
  const [key, other] = [await write(), await write()]
  await server.be('busy-first')
  // One mail put off does not put off the others.
  expect(await deliver()).toEqual({ sent: 0, isServerAway: false })
  expect((await mailOf(key)).lastError).toContain('Try again in a minute')
  await waitIsOver()
  expect((await deliver()).sent).toBe(2)
  expect((await mailOf(other)).attempts).toBe(2)
  expect(server.received).toHaveLength(2)
})

test.each([
  ['unknown-recipient', 'No such mailbox'],
  ['refuses-text', 'No such words'],
] as const)(
  'a mail that the server will never take (%s) is given up at once and said',
  async (mood, words) => {
    const key = await write()
    await server.be(mood)
    expect(await deliver()).toEqual({ sent: 0, isServerAway: false })
    const mail = await mailOf(key)
    expect(mail.failedAt).not.toBeNull()
    expect(mail).toMatchObject({ text: null, subject: null })
    expect(mail.lastError).toContain(words)
    expect(givenUp).toHaveLength(1)
  },
)

test('the connection ends after the server took it: it comes again under the same Message-ID', async () => {
  await write()
  await server.be('drops-after')
  expect((await deliver()).sent).toBe(0)
  await server.be('takes-all')
  await waitIsOver()
  expect((await deliver()).sent).toBe(1)
  const ids = server.received.map((mail) => headerOf(mail, 'Message-ID'))
  expect(ids).toHaveLength(2)
  expect(ids[0]).toBe(ids[1])
})

test('an instance that died while sending leaves the mail to another after its lease, and not before', async () => {
  const key = await write()
  const dies = {
    send: () => Promise.reject(new Error('killed')),
    close: () => undefined,
  }
  await expect(deliver(dies)).rejects.toThrow('killed')
  expect(await deliver()).toEqual({ sent: 0, isServerAway: false })
  const { nextTryAt } = await mailOf(key)
  expect(nextTryAt.getTime() - Date.now()).toBeGreaterThan(4 * 60_000)
  await waitIsOver()
  expect((await deliver()).sent).toBe(1)
  expect(server.received).toHaveLength(1)
})

test('three instances at once send every mail once', async () => {
  for (let number = 0; number < 30; number += 1) await write()
  const results = await Promise.all([deliver(), deliver(), deliver()])
  expect(results.reduce((all, { sent }) => all + sent, 0)).toBe(30)
  expect(new Set(server.received.map((mail) => headerOf(mail, 'Message-ID'))).size).toBe(30)
  expect(server.received).toHaveLength(30)
})

test('after its time a mail is given up with the last reason, and not sent any more', async () => {
  const key = await write({ usefulForMinutes: 30 })
  await server.be('closed')
  await deliver()
  await db.$executeRaw`update "Mail" set "giveUpAt" = now() - interval '1 second', "nextTryAt" = now() - interval '1 second'`
  await server.be('takes-all')
  expect((await deliver()).sent).toBe(0)
  expect(await mailOf(key)).toMatchObject({ text: null })
  expect((await mailOf(key)).lastError).toContain('No mail server took it in time.')
  expect(server.received).toHaveLength(0)
})

test('the password goes over an encrypted line, and a wrong one loses no mail', async () => {
  const guarded: MailServer = await startMailServer({ NEEDS_PASSWORD: 'yes' })
  const smtpUrl = `smtp://packline:secret@127.0.0.1:${guarded.port}?tls.rejectUnauthorized=false`
  const safe = createMailTransport({ smtpUrl, from })
  await write()
  const sent = await deliver(safe)
  safe.close()
  expect(sent).toEqual({ sent: 1, isServerAway: false })
  expect(guarded.received).toMatchObject([{ secure: true, user: 'packline' }])

  const wrong = createMailTransport({ smtpUrl: smtpUrl.replace('secret', 'guess'), from })
  const key = await write()
  expect(await deliver(wrong)).toEqual({ sent: 0, isServerAway: true })
  wrong.close()
  // A wrong password is mended by an administrator; the mail waits for that.
  expect((await mailOf(key)).failedAt).toBeNull()
})

test('a certificate that nobody vouches for is refused', async () => {
  const selfMade = await startMailServer()
  const strict = createMailTransport({ smtpUrl: selfMade.url, from })
  const key = await write()
  expect(await deliver(strict)).toEqual({ sent: 0, isServerAway: true })
  strict.close()
  expect((await mailOf(key)).lastError).toContain('certificate')
  expect(selfMade.received).toHaveLength(0)
})
