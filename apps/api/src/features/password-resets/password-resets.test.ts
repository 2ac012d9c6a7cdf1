import { describe, expect, test } from 'vitest'
import { createAccount, createUser, signInAs } from '../../test/people.ts'
import { callerOf, createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
const mailing = await createTestApp({
  databaseUrl: app.url,
  publicUrl: 'http://packline.test',
  mail: { smtpUrl: 'smtp://127.0.0.1:1', from: { name: 'Packline', address: 'packline@example.com' } },
})
const oldPassword = 'an old pass phrase'
const password = 'correct horse battery staple'

/** The limit counts by network; each test comes from one of its own. */
let networks = 0
const callerFrom = (on = app) => {
  const remoteAddress = `10.0.0.${++networks}`
  return (path: string, payload: object) =>
    on.app.inject({
      method: 'POST',
      url: `/api/v1${path}`,
      headers: { 'x-packline-request': '1' },
      payload,
      remoteAddress,
    })
}
const complete = (token: string, chosen = password) =>
  callerFrom()('/password-resets/completion', { token, password: chosen })
const signIn = async (email: string, chosen: string) =>
  (await callerFrom()('/session', { email, password: chosen })).statusCode
const codeOf = ({ statusCode, body }: { statusCode: number; body: string }) =>
  statusCode < 300 ? statusCode : (JSON.parse(body) as { code: string }).code

async function scene(on = app) {
  const accountId = await createAccount(app)
  const admin = await signInAs(on, { accountId, role: 'administrator' })
  const user = await createUser(app, { accountIds: [accountId], password: oldPassword })
  return { accountId, admin, ...user }
}

const mailsTo = (toAddress: string) =>
  app.db.mail.findMany({ where: { toAddress }, orderBy: { createdAt: 'asc' } })
async function mailedToken(email: string) {
  const mail = (await mailsTo(email)).at(-1)
  return /http:\/\/packline\.test\/reset-password#token=([\w-]{43})\n/.exec(mail?.text ?? '')?.[1] ?? ''
}
async function shownToken({ admin, userId }: Awaited<ReturnType<typeof scene>>) {
  const answer = await admin.call('POST', `/users/${userId}/password-resets`)
  expect(answer.statusCode, answer.body).toBe(201)
  return /#token=(.+)$/.exec(answer.json<{ link: string }>().link)?.[1] ?? ''
}

describe('forgetting a password', () => {
  test('is answered alike for everybody, after the same time', async () => {
    const { email } = await scene()
    const ask = callerFrom(mailing)
    const times: Record<string, number[]> = { known: [], unknown: [] }
    const bodies = new Set<string>()
    for (let round = 0; round < 3; round++) {
      for (const [who, address] of [
        ['known', email],
        ['unknown', 'nobody@example.com'],
      ] as const) {
        const startedAt = performance.now()
        const answer = await ask('/password-resets', { email: address })
        times[who]?.push(performance.now() - startedAt)
        bodies.add(`${answer.statusCode} ${answer.body}`)
      }
    }
    expect([...bodies]).toEqual(['202 {"hasMailServer":true}'])
    // At least the 150 ms that everybody waits; what is done meanwhile takes less.
    for (const millis of Object.values(times).flat()) expect(millis).toBeGreaterThan(145)
    expect(await mailsTo('nobody@example.com')).toEqual([])
  })

  test('mails a link that sets a new password once, ends all sessions and lifts the lock', async () => {
    const { accountId, userId, email } = await scene()
    await app.db.user.update({
      where: { id: userId },
      data: { failedSignIns: 6, lockedUntil: new Date(Date.now() + 600_000) },
    })
    await app.db.session.create({
      data: { tokenHash: Buffer.from(email), userId, expiresAt: new Date('2100-01-01') },
    })
    expect(await signIn(email, oldPassword)).toBe(401)
    await callerFrom(mailing)('/password-resets', { email: email.toUpperCase() })
    const token = await mailedToken(email)
    expect((await complete(token)).statusCode).toBe(204)
    expect(await app.db.session.count({ where: { userId } })).toBe(0)
    expect(await signIn(email, oldPassword)).toBe(401)
    expect(await signIn(email, password)).toBe(200)
    expect(codeOf(await complete(token, 'yet another pass phrase'))).toBe('reset-used')
    const entry = await app.db.auditEntry.findFirstOrThrow({
      where: { accountId, action: 'user UPDATE PASSWORD' },
    })
    expect(entry).toMatchObject({
      objectId: userId,
      after: { by: 'link', endedSessions: 1, wasLocked: true },
    })
    expect(JSON.stringify(entry)).not.toContain(token)
  })

  test('sends no more than five links within an hour', async () => {
    const { email } = await scene()
    const ask = callerFrom(mailing)
    for (let times = 0; times < 7; times++) {
      expect((await ask('/password-resets', { email })).statusCode).toBe(202)
    }
    expect(await mailsTo(email)).toHaveLength(5)
  })

  test('keeps a network from asking without end', async () => {
    const ask = callerFrom()
    const answers = await Promise.all(
      Array.from({ length: 21 }, () => ask('/password-resets', { email: 'nobody@example.com' })),
    )
    const last = answers.filter(({ statusCode }) => statusCode === 429)
    expect(last.map(codeOf)).toEqual(['too-many-resets'])
  })

  test('without a mail server says so to everybody, and makes no link', async () => {
    const { email, userId } = await scene()
    for (const address of [email, 'nobody@example.com']) {
      const answer = await callerFrom()('/password-resets', { email: address })
      expect([answer.statusCode, answer.json()]).toEqual([202, { hasMailServer: false }])
    }
    expect(await app.db.passwordReset.count({ where: { userId } })).toBe(0)
  })
})

describe('the link', () => {
  test('sets no password that the rules refuse, and can still be used', async () => {
    const person = await scene()
    const token = await shownToken(person)
    for (const [chosen, code] of [
      ['short', 'password-too-short'],
      ['x'.repeat(1_025), 'password-too-long'],
      ['Password1!', 'password-too-common'],
      [person.email, 'password-is-email'],
    ] as const) {
      expect(codeOf(await complete(token, chosen))).toBe(code)
    }
    expect(await signIn(person.email, oldPassword)).toBe(200)
    expect((await complete(token)).statusCode).toBe(204)
  })

  test('works for half an hour, and one that nobody made not at all', async () => {
    const person = await scene()
    const token = await shownToken(person)
    const [stored] = await app.db.passwordReset.findMany({ where: { userId: person.userId } })
    expect((Number(stored?.expiresAt) - Number(stored?.createdAt)) / 60_000).toBeCloseTo(30, 2)
    await app.db.passwordReset.updateMany({
      where: { userId: person.userId },
      data: { expiresAt: new Date(Date.now() - 1_000) },
    })
    expect(codeOf(await complete(token))).toBe('reset-expired')
    expect(codeOf(await complete('made-up'))).toBe('reset-unknown')
    expect(await signIn(person.email, oldPassword)).toBe(200)
  })

  test('dies with every other one when a new password is set', async () => {
    const person = await scene()
    const [first, second] = [await shownToken(person), await shownToken(person)]
    expect((await complete(second)).statusCode).toBe(204)
    expect(codeOf(await complete(first))).toBe('reset-used')
  })

  test('sets one password, also when two come at once', async () => {
    const person = await scene()
    const token = await shownToken(person)
    const answers = await Promise.all(
      ['one long pass phrase', 'two long pass phrases'].map((chosen) => complete(token, chosen)),
    )
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([204, 410])
  })
})

describe('an administrator', () => {
  test('is shown the link once without a mail server, for who belongs to the account alone', async () => {
    const { admin, userId, email, accountId } = await scene()
    const headers = { 'idempotency-key': `reset-${userId}` }
    const first = await admin.call('POST', `/users/${userId}/password-resets`, { headers })
    expect(first.json()).toEqual({
      email,
      isMailed: false,
      link: expect.stringMatching(/^\/reset-password#token=[\w-]{43}$/),
    })
    const again = await admin.call('POST', `/users/${userId}/password-resets`, { headers })
    expect(again.json()).toEqual({ email, isMailed: false, link: null })
    const entries = await app.db.auditEntry.findMany({ where: { accountId } })
    expect(entries).toMatchObject([
      { action: 'user RESET PASSWORD', actorId: admin.userId, objectId: userId },
    ])
  })

  test('with a mail server sends it to the user, whoever they are', async () => {
    const { admin, userId, email } = await scene(mailing)
    const elsewhere = await createAccount(app)
    const { roleId } = await app.db.membership.findFirstOrThrow({ where: { userId } })
    await app.db.membership.create({ data: { userId, accountId: elsewhere, roleId } })
    const answer = await admin.call('POST', `/users/${userId}/password-resets`)
    expect(answer.json()).toEqual({ email, isMailed: true, link: null })
    expect((await complete(await mailedToken(email))).statusCode).toBe(204)
  })

  test('cannot become a user of another account, nor one who may more', async () => {
    const { accountId, admin, userId } = await scene()
    const elsewhere = await createAccount(app)
    const { roleId } = await app.db.membership.findFirstOrThrow({ where: { userId } })
    const membership = { userId, accountId: elsewhere, roleId }
    await app.db.membership.create({ data: membership })
    const foreign = await admin.call('POST', `/users/${userId}/password-resets`)

    const limited = await signInAs(app, { accountId, privileges: ['user-management'] })
    const above = await limited.call('POST', `/users/${admin.userId}/password-resets`)
    // In the same words, so that nobody learns where else somebody works.
    for (const answer of [foreign, above]) {
      expect([answer.statusCode, codeOf(answer)]).toEqual([409, 'link-not-shown'])
    }
    expect(foreign.json<{ message: string }>().message).toBe(above.json<{ message: string }>().message)

    await app.db.membership.delete({ where: { userId_accountId_roleId: membership } })
    const group = await app.db.accountGroup.create({ data: { primaryAccountId: elsewhere, name: 'All' } })
    await app.db.accountGroupUser.create({ data: { groupId: group.id, userId, roleId } })
    expect(codeOf(await admin.call('POST', `/users/${userId}/password-resets`))).toBe('link-not-shown')
  })

  test('cannot use a link they were shown once another account has let the user in', async () => {
    const person = await scene()
    const token = await shownToken(person)
    const elsewhere = await createAccount(app)
    const { roleId } = await app.db.membership.findFirstOrThrow({ where: { userId: person.userId } })
    await app.db.membership.create({ data: { userId: person.userId, accountId: elsewhere, roleId } })
    expect(codeOf(await complete(token))).toBe('reset-expired')
    expect(await signIn(person.email, oldPassword)).toBe(200)
  })

  test('sends no more than five within an hour, and to nobody of another account', async () => {
    const person = await scene()
    for (let times = 0; times < 5; times++) await shownToken(person)
    const sixth = await person.admin.call('POST', `/users/${person.userId}/password-resets`)
    expect([sixth.statusCode, codeOf(sixth)]).toEqual([429, 'too-many-resets'])
    const { admin: stranger } = await scene()
    const answer = await stranger.call('POST', `/users/${person.userId}/password-resets`)
    expect([answer.statusCode, codeOf(answer)]).toEqual([404, 'user-not-found'])
  })

  test('needs to be there in person', async () => {
    const { accountId, admin, userId } = await scene()
    const tokenHash = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from('script')))
    await app.db.apiToken.create({ data: { userId: admin.userId, accountId, name: 'Script', tokenHash } })
    const headers = { authorization: 'Bearer script' }
    const byToken = callerOf(app.app)
    expect((await byToken('GET', '/users', { headers })).statusCode).toBe(200)
    const answer = await byToken('POST', `/users/${userId}/password-resets`, { headers })
    expect([answer.statusCode, codeOf(answer)]).toEqual([403, 'in-person-only'])
    const accept = await byToken('POST', '/invitation-links/acceptance', { headers, body: { token: 'x' } })
    expect(codeOf(accept)).toBe('in-person-only')
  })
})
