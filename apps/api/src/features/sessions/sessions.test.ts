import { deviceView } from '@packline/contract/session.ts'
import { assert, expect, test } from 'vitest'
import { z } from 'zod'
import { untilSomeoneWaitsForALock } from '../../test/lock-waits.ts'
import { createAccount, createUser, signInAs } from '../../test/people.ts'
import { readSessionToken } from '../../test/read-session-token.ts'
import { callerOf, createTestApp } from '../../test/test-app.ts'
import { deleteExpiredSessions } from './sessions.store.ts'

const app = await createTestApp()
const password = 'quiet harbour at noon'
const accountId = await createAccount(app)

async function signInBrowser(email: string, userAgent = 'Test browser') {
  const response = await callerOf(app.app)('POST', '/session', {
    body: { email, password },
    headers: { 'user-agent': userAgent },
  })
  return callerOf(app.app, `packline=${readSessionToken(response)}`)
}

test('without a session there is nobody', async () => {
  for (const call of [callerOf(app.app), callerOf(app.app, 'packline='), callerOf(app.app, 'packline=x')]) {
    const response = await call('GET', '/session')
    expect(response.statusCode).toBe(401)
    expect(response.json()).toMatchObject({ code: 'not-signed-in' })
  }
})

test('signing out ends the session on the server and clears the browser', async () => {
  const { email, userId } = await createUser(app, { accountIds: [accountId], password })
  const browser = await signInBrowser(email)
  const response = await browser('DELETE', '/session')

  expect(response.statusCode).toBe(204)
  expect(response.headers['clear-site-data']).toBe('"cache", "storage"')
  expect(response.cookies).toMatchObject([{ name: 'packline', value: '', httpOnly: true }])
  expect((await browser('GET', '/session')).statusCode).toBe(401)
  expect(await app.db.session.count({ where: { userId } })).toBe(0)
  expect((await browser('DELETE', '/session')).statusCode).toBe(204)
})

test('a request whose session is ended meanwhile is told to sign in', async () => {
  const { email, userId } = await createUser(app, { accountIds: [accountId], password })
  const browser = await signInBrowser(email)
  const { choosing } = await app.db.$transaction(async (elsewhere) => {
    await elsewhere.session.deleteMany({ where: { userId } })
    const waiting = browser('PUT', '/session/account', { body: { accountId } })
    await untilSomeoneWaitsForALock(app.db)
    return { choosing: waiting }
  })
  const answer = await choosing
  expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([401, 'not-signed-in'])
})

test('devices are listed and can be signed out, only one’s own', async () => {
  const { email } = await createUser(app, { accountIds: [accountId], password })
  const laptop = await signInBrowser(email, 'Laptop')
  const phone = await signInBrowser(email, 'x'.repeat(5_000))
  const stranger = await signInAs(app, { accountId, role: 'administrator' })

  const devices = z.array(deviceView).parse((await laptop('GET', '/user/sessions')).json())
  expect(devices).toHaveLength(2)
  const own = devices.find(({ isCurrent }) => isCurrent)
  const other = devices.find(({ isCurrent }) => !isCurrent)
  assert(own && other)
  expect(own).toMatchObject({ userAgent: 'Laptop', address: '127.0.0.1' })
  expect(other.userAgent).toHaveLength(300)

  const foreign = await stranger.call('DELETE', `/user/sessions/${other.id}`)
  expect(foreign.statusCode).toBe(404)
  expect(foreign.json()).toMatchObject({ code: 'session-not-found' })
  expect((await phone('GET', '/session')).statusCode).toBe(200)

  expect((await laptop('DELETE', `/user/sessions/${other.id}`)).statusCode).toBe(204)
  expect((await phone('GET', '/session')).statusCode).toBe(401)
  expect((await laptop('DELETE', `/user/sessions/${other.id}`)).statusCode).toBe(404)
  expect((await laptop('DELETE', '/user/sessions/not-an-id')).statusCode).toBe(400)

  const last = await laptop('DELETE', `/user/sessions/${own.id}`)
  expect(last.cookies).toMatchObject([{ name: 'packline', value: '' }])
  expect((await laptop('GET', '/session')).statusCode).toBe(401)
})

const realTime = Temporal.Now.instant()
test.each([
  ['after seven days, however busy', { expiresAt: realTime.subtract({ seconds: 1 }) }],
  ['after eight idle hours', { lastSeenAt: realTime.subtract({ hours: 8, seconds: 1 }) }],
])('a session ends %s', async (_when, times) => {
  const { email, userId } = await createUser(app, { accountIds: [accountId], password })
  const browser = await signInBrowser(email)
  const other = await signInBrowser(email)
  const [oldest] = await app.db.session.findMany({ where: { userId }, orderBy: { createdAt: 'asc' } })
  const data = Object.fromEntries(
    Object.entries(times).map(([name, instant]) => [name, new Date(instant.epochMilliseconds)]),
  )
  await app.db.session.update({ where: { id: oldest?.id ?? '' }, data })

  expect((await browser('GET', '/session')).statusCode).toBe(401)
  expect((await other('GET', '/user/sessions')).json()).toHaveLength(1)
  expect(await deleteExpiredSessions(app.db)).toBe(1)
  expect((await other('GET', '/session')).statusCode).toBe(200)
})

test('a session lasts seven days from sign-in', async () => {
  const { email, userId } = await createUser(app, { accountIds: [accountId], password })
  await signInBrowser(email)
  const [session] = await app.db.session.findMany({ where: { userId } })
  const millis = (session?.expiresAt.getTime() ?? 0) - (session?.createdAt.getTime() ?? 0)
  expect(millis).toBe(7 * 24 * 60 * 60 * 1_000)
})
