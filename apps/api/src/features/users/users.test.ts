import { expect, test } from 'vitest'
import { createAccount, signInAs } from '../../test/people.ts'
import { createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
const accountId = await createAccount(app)

test('names and time zone are changed and audited; what is left out stays', async () => {
  const person = await signInAs(app, { accountId, timeZone: null })
  const first = await person.call('PATCH', '/user', { body: { timeZone: 'Asia/Katmandu' } })
  expect(first.statusCode).toBe(200)
  expect(first.json()).toEqual({
    id: person.userId,
    email: person.email,
    firstName: 'Test',
    lastName: 'Person',
    timeZone: 'Asia/Kathmandu',
  })

  const second = await person.call('PATCH', '/user', { body: { firstName: ' Ada\u0007 ', lastName: 'Ng' } })
  expect(second.json()).toMatchObject({ firstName: 'Ada', lastName: 'Ng', timeZone: 'Asia/Kathmandu' })
  expect((await person.call('GET', '/session')).json()).toMatchObject({ user: second.json() })

  const entries = await app.db.auditEntry.findMany({
    where: { actorId: person.userId },
    orderBy: { at: 'asc' },
  })
  expect(entries).toMatchObject([
    { action: 'user UPDATE PROFILE', before: { timeZone: null }, after: { timeZone: 'Asia/Kathmandu' } },
    { before: { firstName: 'Test' }, after: { firstName: 'Ada', lastName: 'Ng' } },
  ])
})

test('with a key the same change is made once', async () => {
  const person = await signInAs(app, { accountId })
  const send = () =>
    person.call('PATCH', '/user', {
      body: { firstName: 'Once' },
      headers: { 'idempotency-key': 'the-same-change' },
    })
  expect((await send()).json()).toEqual((await send()).json())
  expect(await app.db.auditEntry.count({ where: { actorId: person.userId } })).toBe(1)
})

test.each([
  '',
  ' ',
  'IST',
  'CST',
  'EST',
  '+05:30',
  'UTC+1',
  'Europe/Berlinn',
  'Europe/Berlin\u0000',
  'x'.repeat(9_000),
])('R-45, D-14 the zone “%.20s” is refused', async (timeZone) => {
  const person = await signInAs(app, { accountId, timeZone: 'Europe/Berlin' })
  const response = await person.call('PATCH', '/user', { body: { firstName: 'New', timeZone } })
  expect(response.statusCode).toBe(422)
  expect(response.json()).toMatchObject({
    code: 'time-zone-unknown',
    message: expect.stringContaining('Use a name such as Europe/Berlin'),
  })
  const user = await app.db.user.findUniqueOrThrow({ where: { id: person.userId } })
  expect(user).toMatchObject({ firstName: 'Test', timeZone: 'Europe/Berlin' })
})

test.each([
  [{ firstName: 'ü'.repeat(101) }, 'first-name-too-long', 'A first name has at most 100 characters.'],
  [{ lastName: 'ü'.repeat(101) }, 'last-name-too-long', 'A last name has at most 100 characters.'],
])('101 characters are refused', async (body, code, message) => {
  const person = await signInAs(app, { accountId })
  const response = await person.call('PATCH', '/user', { body })
  expect(response.statusCode).toBe(422)
  expect(response.json()).toMatchObject({ code, message })
})

test.each([
  { email: 'other@example.test' },
  { passwordHash: 'x' },
  { id: '00000000-0000-4000-8000-000000000000' },
  { failedSignIns: 0 },
  { timeZone: null },
  { timeZone: { set: 'UTC' } },
])('no other field can be set this way: %j', async (body) => {
  const person = await signInAs(app, { accountId })
  const response = await person.call('PATCH', '/user', { body })
  expect(response.statusCode).toBe(400)
  expect(response.json()).toMatchObject({ code: 'request-invalid' })
})

test('zones come with their offset at business time and their other names', async () => {
  const person = await signInAs(app, { accountId })
  const zones = async (now: string) => {
    await person.call('PUT', '/demo/clock', { body: { now } })
    const rows: { name: string }[] = (await person.call('GET', '/time-zones')).json()
    return Object.fromEntries(rows.map((row) => [row.name, row]))
  }
  const winter = await zones('2027-01-15T12:00:00Z')
  expect(winter['Europe/Berlin']).toMatchObject({ offset: '+01:00', offsetMinutes: 60 })
  expect(winter['Pacific/Chatham']).toMatchObject({ offset: '+13:45', offsetMinutes: 825, aliases: [] })
  expect(winter['America/St_Johns']).toMatchObject({ offset: '-03:30', offsetMinutes: -210 })
  expect(winter['Asia/Kathmandu']).toMatchObject({ offset: '+05:45', aliases: ['Asia/Katmandu'] })
  expect(winter['Asia/Katmandu']).toBeUndefined()

  const summer = await zones('2027-07-15T12:00:00Z')
  expect(summer['Europe/Berlin']).toMatchObject({ offset: '+02:00' })
  expect(summer['Pacific/Chatham']).toMatchObject({ offset: '+12:45' })
  await person.call('DELETE', '/demo/clock')
})
