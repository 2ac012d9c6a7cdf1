import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { headerOf, startMailServer } from './mail-server.ts'
import { createAccount, signInAs } from './people.ts'
import { startPackline } from './processes.ts'
import { createTestApp } from './test-app.ts'

const app = await createTestApp()
const { db, url } = app
const server = await startMailServer({ STARTTLS: 'no' })
const environment = {
  DATABASE_URL: url,
  DEMO: 'false',
  PUBLIC_URL: 'http://127.0.0.1',
  SMTP_URL: server.url,
  MAIL_FROM: 'Packline <packline@example.com>',
}

/** An account with three readers, and many things that happened in it. */
async function createHappenings(count: number) {
  const accountId = await createAccount(app)
  const readers = []
  for (let number = 0; number < 3; number += 1) readers.push(await signInAs(app, { accountId }))
  await db.$executeRaw`
    insert into "Event" (key, type, at, "accountId", data)
    select 'update.applied:' || ${accountId} || n, 'update.applied', app_now(), ${accountId},
      jsonb_build_object('packName', 'Pack ' || n, 'installationName', 'Pack ' || n)
    from generate_series(1, ${count}::int) n`
  return { accountId, readers }
}

/** As if the five minutes were over after which others may send what a killed instance had taken. */
const endLeases = () =>
  db.$executeRaw`update "Mail" set "nextTryAt" = now() - interval '1 second' where "sentAt" is null`

const until = async (isSo: () => Promise<boolean>, seconds = 40) => {
  const deadline = performance.now() + seconds * 1_000
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error('It did not come to that in time')
    await wait(100)
  }
}

test('instances are killed while they tell and send: everybody is told once, every mail arrives, none under two names', async () => {
  const events = 150
  const { accountId, readers } = await createHappenings(events)
  const mails = events * readers.length
  await server.be('slow')
  let instance = startPackline(environment)
  for (let kill = 0; kill < 3; kill += 1) {
    await instance.ready
    await wait(600 + kill * 700)
    instance.child.kill('SIGKILL')
    await instance.exited
    if (kill === 1) await server.be('takes-all')
    await endLeases()
    instance = startPackline(environment)
  }
  const other = startPackline(environment)
  await Promise.all([instance.ready, other.ready])
  await until(async () => (await db.event.count({ where: { accountId, spreadAt: null } })) === 0)
  expect(await db.notice.count({ where: { accountId } })).toBe(mails)
  expect(await db.mail.count()).toBe(mails)

  await until(async () => (await db.mail.count({ where: { sentAt: null } })) === 0)
  const ids = server.received.map((mail) => headerOf(mail, 'Message-ID'))
  expect(new Set(ids).size).toBe(mails)
  // Only what was under way when an instance was killed may have come twice.
  expect(ids.length - mails).toBeLessThanOrEqual(3)
  for (const running of [instance, other]) {
    running.child.kill('SIGTERM')
    expect(await running.exited).toMatchObject({ code: 0 })
  }
}, 120_000)
