import type { NoticePage, NoticePreferences, NoticeView } from '@packline/contract/notices.ts'
import { eventTypes } from '@packline/domain/notices/event-type.ts'
import { expect, test } from 'vitest'
import { setClock } from '../../test/clock.ts'
import { apply, createConsumer, createPlace, install } from '../../test/consumer-scene.ts'
import { countStatements, scopeOf } from '../../test/pack-data.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import { createReleaseScene, type ReleaseScene, scheduleRelease } from '../../test/release-scene.ts'
import { createTestApp } from '../../test/test-app.ts'
import { releaseDue } from '../releases/release-due.ts'
import { listNotices } from './notices.views.ts'
import { spreadEvents } from './spread-events.ts'

const app = await createTestApp()
const { db, deps } = app

type Person = Awaited<ReturnType<typeof signInAs>>
const pageOf = async (person: Person, query: Record<string, string> = {}) =>
  (await person.call('GET', '/notices', { query })).json<NoticePage>()
const unreadOf = async (person: Person) =>
  (await person.call('GET', '/notices/unread-count')).json<{ unreadCount: number }>().unreadCount
const spread = () => spreadEvents(deps, { sendsMail: false })

async function createInstalled(scene: ReleaseScene, names: readonly string[] = ['Production']) {
  const consumer = await createConsumer(app, scene)
  const places = []
  for (const name of names) places.push(await createPlace(app, consumer.accountId, { name }))
  await install(
    consumer,
    scene.pack.id,
    places.map(({ id }) => id),
  )
  return { ...consumer, places }
}

/** Somebody with that many notices, the last of them the newest. */
async function createReader(count: number) {
  const reader = await signInAs(app, { accountId: await createAccount(app) })
  for (let number = 1; number <= count; number += 1) {
    const event = await db.event.create({
      data: {
        key: `${reader.userId}:${number}`,
        type: 'update.applied',
        // Two of them at each moment: paging must not lose one.
        at: new Date(Date.UTC(2027, 0, 1 + Math.floor(number / 2))),
        accountId: reader.accountId,
        data: { packName: `Pack ${number}`, installationName: `Pack ${number}` },
      },
    })
    await db.notice.create({
      data: { eventId: event.id, accountId: reader.accountId, userId: reader.userId, at: event.at },
    })
  }
  return reader
}

test('the managed account reads pack, date and its own environments, and nothing of the publisher', async () => {
  const scene = await createReleaseScene(app)
  const customer = await createInstalled(scene, ['Production', 'Test'])
  const other = await createInstalled(scene, ['Elsewhere'])
  const releaseId = await scheduleRelease(scene, '2027-03-01')
  await spread()
  const page = await pageOf(customer.operator)
  expect(page).toMatchObject({ unreadCount: 1, next: null })
  expect(page.notices[0]).toMatchObject({
    readAt: null,
    facts: {
      type: 'release.scheduled',
      side: 'consumer',
      packName: 'Order to Cash',
      by: null,
      schedule: {
        releaseOn: '2027-03-01',
        timeZone: 'Europe/Berlin',
        window: { start: '2027-02-28T23:00:00Z', end: '2027-03-01T00:00:00Z' },
      },
      environmentNames: ['Production', 'Test'],
      environmentCount: 2,
    },
    target: { kind: 'environment', environmentId: customer.places[0]?.id },
  })
  await scene.manager.call('POST', `/releases/${releaseId}/cancellation`, {
    body: { reason: 'Secret reason' },
  })
  await spread()
  const text = JSON.stringify(await pageOf(customer.operator))
  for (const foreign of [
    'Secret reason',
    'Test Person',
    scene.accountId,
    scene.manager.userId,
    other.accountId,
    'Elsewhere',
  ]) {
    expect(text).not.toContain(foreign)
  }
})

test('the publisher reads who did it and why, with the way to the release', async () => {
  const scene = await createReleaseScene(app)
  const colleague = await signInAs(app, { accountId: scene.accountId })
  const releaseId = await scheduleRelease(scene, '2027-03-01')
  await scene.manager.call('POST', `/releases/${releaseId}/cancellation`, { body: { reason: 'Not ready.' } })
  await spread()
  const { notices } = await pageOf(colleague)
  expect(notices.map(({ facts }) => [facts.type, facts.by, facts.reason])).toEqual([
    ['release.cancelled', 'Test Person', 'Not ready.'],
    ['release.scheduled', 'Test Person', null],
  ])
  expect(notices[0]?.target).toEqual({ kind: 'release', packId: scene.pack.id, releaseId })
  await scene.manager.call('DELETE', `/integration-packs/${scene.pack.id}`)
  expect((await pageOf(colleague)).notices[0]?.target).toBeNull()
})

test('an applied and a released update name the version and where it runs', async () => {
  const scene = await createReleaseScene(app)
  const customer = await createInstalled(scene, ['Production', 'Test'])
  const colleague = await signInAs(app, { accountId: customer.accountId })
  await scheduleRelease(scene, '2027-03-01')
  await apply(customer, customer.places[1]?.id ?? '')
  await setClock(db, '2027-02-28T23:00:05Z')
  await releaseDue(deps)
  await spread()
  const facts = (await pageOf(colleague)).notices.map((notice) => notice.facts)
  expect(facts).toMatchObject([
    { type: 'release.released', versionNumber: 2, environmentNames: ['Production', 'Test'] },
    { type: 'update.applied', by: 'Test Person', versionNumber: 2, environmentNames: ['Test'] },
    { type: 'release.scheduled' },
  ])
})

test('pages follow each other without losing or repeating any, also where many came at one moment', async () => {
  const reader = await createReader(7)
  const names: string[] = []
  let after: string | null | undefined
  do {
    const page: NoticePage = await pageOf(reader, { limit: '2', ...(after && { after }) })
    names.push(...page.notices.map(({ facts }) => facts.packName))
    after = page.next
  } while (after)
  expect(names.toSorted()).toEqual(['Pack 1', 'Pack 2', 'Pack 3', 'Pack 4', 'Pack 5', 'Pack 6', 'Pack 7'])
  expect(names.at(-1)).toBe('Pack 1')
})

test('read one, read all that one has seen, and only one’s own', async () => {
  const reader = await createReader(4)
  const stranger = await signInAs(app, { accountId: reader.accountId })
  const [newest, second] = (await pageOf(reader)).notices
  const foreign = await stranger.call('POST', `/notices/${newest?.id}/read`)
  expect([foreign.statusCode, foreign.json().code]).toEqual([404, 'notice-not-found'])
  expect((await stranger.call('POST', '/notices/read', { body: { upTo: newest?.id } })).statusCode).toBe(404)

  const read = await reader.call('POST', `/notices/${newest?.id}/read`)
  expect(read.json()).toEqual({ unreadCount: 3 })
  expect((await reader.call('POST', `/notices/${newest?.id}/read`)).json()).toEqual({ unreadCount: 3 })
  await db.notice.update({ where: { id: newest?.id ?? '' }, data: { readAt: null } })
  const readUpTo = await reader.call('POST', '/notices/read', { body: { upTo: second?.id } })
  // What came after it has not been seen.
  expect(readUpTo.json()).toEqual({ unreadCount: 1 })
  expect((await pageOf(reader, { unread: 'true' })).notices.map(({ id }) => id)).toEqual([newest?.id])
  expect(await unreadOf(reader)).toBe(1)
  expect(await unreadOf(stranger)).toBe(0)
})

test('a notice opened from a mail while in another account says where it is, to nobody but its reader', async () => {
  const reader = await createReader(1)
  const [notice] = (await pageOf(reader)).notices
  const elsewhere = await createAccount(app)
  await db.membership.create({
    data: { userId: reader.userId, accountId: elsewhere, roleId: 'fcb6e2d0-0ca8-11e2-a477-1231381987a5' },
  })
  await db.session.updateMany({ where: { userId: reader.userId }, data: { accountId: elsewhere } })
  const answer = await reader.call('GET', `/notices/${notice?.id}`)
  expect(answer.statusCode).toBe(409)
  expect(answer.json()).toMatchObject({ code: 'notice-elsewhere', details: { accountId: reader.accountId } })
  expect(await unreadOf(reader)).toBe(0)

  const stranger = await signInAs(app, { accountId: elsewhere })
  expect((await stranger.call('GET', `/notices/${notice?.id}`)).statusCode).toBe(404)
  await db.membership.deleteMany({ where: { userId: reader.userId, accountId: reader.accountId } })
  expect((await reader.call('GET', `/notices/${notice?.id}`)).statusCode).toBe(404)
})

test('the calendar entry is there for whoever has its address, as the release is scheduled now, until it is out', async () => {
  const scene = await createReleaseScene(app)
  const customer = await createInstalled(scene)
  const releaseId = await scheduleRelease(scene, '2027-03-01')
  await spread()
  const [notice] = (await pageOf(customer.operator)).notices
  const path = notice?.calendarPath ?? ''
  const calendar = () => app.app.inject({ url: path, headers: { 'sec-fetch-site': 'cross-site' } })
  const first = await calendar()
  expect(first.headers['content-type']).toContain('text/calendar')
  expect(first.body).toContain('DTSTART:20270228T230000Z')
  expect(first.body).toContain('STATUS:CONFIRMED')
  expect(descriptionIn(first.body)).toBe('Released Mon 1 Mar 2027 between 00:00 and 01:00 Europe/Berlin.')
  expect(first.body).toContain('SUMMARY:Update of Order to Cash')
  expect(first.body).not.toContain(scene.accountId)

  await setClock(db, '2027-02-20T12:00:01Z')
  await scene.manager.call('PATCH', `/releases/${releaseId}`, { body: { releaseOn: '2027-03-09' } })
  const moved = await calendar()
  expect(moved.body).toContain('DTSTART:20270308T230000Z')
  expect(descriptionIn(moved.body)).toBe('Released Tue 9 Mar 2027 between 00:00 and 01:00 Europe/Berlin.')
  expect(sequenceIn(moved.body)).toBe(sequenceIn(first.body) + 1)
  // The notice tells of a date that is not the release's any more.
  const answer = await customer.operator.call('GET', `/notices/${notice?.id}`)
  expect(answer.json<NoticeView>().calendarPath).toBeNull()

  await scene.manager.call('POST', `/releases/${releaseId}/cancellation`, { body: { reason: 'Not ready.' } })
  const off = await calendar()
  expect(off.body).toContain('STATUS:CANCELLED')
  expect(off.body).toContain('SUMMARY:Cancelled: Update of Order to Cash')
  expect(sequenceIn(off.body)).toBeGreaterThanOrEqual(sequenceIn(moved.body))

  await db.release.update({ where: { id: releaseId }, data: { status: 'SUCCESS' } })
  const gone = await calendar()
  const unknown = await app.app.inject({ url: path.replace(/[0-9a-f]{8}/, '00000000') })
  expect([gone.statusCode, gone.json().code]).toEqual([404, 'nothing-to-come'])
  expect(unknown.json().message).toBe(gone.json().message)
})

/** Long lines are folded and commas escaped. */
const descriptionIn = (file: string) =>
  /^DESCRIPTION:(.*)$/m.exec(file.replaceAll('\r\n ', ''))?.[1]?.trim().replaceAll('\\,', ',')
const sequenceIn = (file: string) => Number(/^SEQUENCE:(\d+)/m.exec(file)?.[1])

test('whoever has left the account has no calendar entry of it any more', async () => {
  const scene = await createReleaseScene(app)
  const customer = await createInstalled(scene)
  await scheduleRelease(scene, '2027-03-01')
  await spread()
  const path = (await pageOf(customer.operator)).notices[0]?.calendarPath ?? ''
  await db.membership.deleteMany({ where: { userId: customer.operator.userId } })
  expect((await app.app.inject({ url: path })).statusCode).toBe(404)
})

test('mail is on for every kind until it is switched off, which the audit log keeps', async () => {
  const reader = await createReader(0)
  const preferences = async () =>
    (await reader.call('GET', '/user/notice-preferences')).json<NoticePreferences>()
  const before = await preferences()
  expect(before.mail).toEqual({ isSent: false, address: reader.email })
  expect(before.kinds).toEqual(eventTypes.map((kind) => ({ kind, byMail: true })))
  const body = { mailOff: ['release.reminder', 'release.reminder'] }
  const answer = await reader.call('PUT', '/user/notice-preferences', { body })
  expect(answer.json<NoticePreferences>().kinds.filter(({ byMail }) => !byMail)).toEqual([
    { kind: 'release.reminder', byMail: false },
  ])
  expect(await preferences()).toEqual(answer.json())
  const entry = await db.auditEntry.findFirstOrThrow({
    where: { objectId: reader.userId, action: 'user UPDATE NOTICES' },
  })
  expect([entry.before, entry.after]).toEqual([{ mailOff: [] }, { mailOff: ['release.reminder'] }])
  const unknown = await reader.call('PUT', '/user/notice-preferences', { body: { mailOff: ['everything'] } })
  expect(unknown.statusCode).toBe(400)
})

test('a page of thirty takes as many statements as a page of one, and no page is longer than a hundred', async () => {
  const reader = await createReader(30)
  const counted = countStatements(db)
  const statementsFor = async (limit: number) => {
    const before = counted.counter.statements
    await listNotices(counted.db, { scope: scopeOf(reader.accountId), userId: reader.userId }, { limit })
    return counted.counter.statements - before
  }
  expect(await statementsFor(30)).toBe(await statementsFor(1))
  expect((await reader.call('GET', '/notices', { query: { limit: '101' } })).statusCode).toBe(400)
})
