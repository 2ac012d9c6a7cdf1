import { randomBytes } from 'node:crypto'
import { atomEndpoints, atomProtocolBase } from '@packline/contract/atom-protocol.ts'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { createAccount, createUser } from './people.ts'
import { basic } from './platform-api/platform-caller.ts'
import { freePort, startPackline } from './processes.ts'
import { createTestApp } from './test-app.ts'
import { codeNow } from './two-step.ts'

const server = await createTestApp({ demo: false })
const { db } = server
const word = () => randomBytes(12).toString('hex')

/** Everything that must never be written down, by what it is. */
const secrets = {
  smtp: word(),
  oidc: word(),
  database: `zq${word()}`,
  password: `quiet harbour ${word()}`,
  newPassword: `river stone ${word()}`,
  resetPassword: `lantern field ${word()}`,
  wrongPassword: word(),
  code: word(),
  state: word(),
  calendar: crypto.randomUUID(),
  credential: randomBytes(32).toString('base64url'),
  inBrokenJson: word(),
  secretsKey: randomBytes(32).toString('base64'),
}
const found: Record<string, string> = {}

/** A role of the server's own, so that there is a password to look for. */
async function databaseUrl() {
  const role = `logs_${word()}`
  await db.$executeRawUnsafe(`create role ${role} superuser login password '${secrets.database}'`)
  const url = new URL(server.url)
  url.username = role
  url.password = secrets.database
  return { url: url.href, drop: () => db.$executeRawUnsafe(`drop role ${role}`) }
}

const withLink = z.object({ text: z.string() })
async function mailedToken(address: string) {
  const mail = withLink.parse(
    await db.mail.findFirst({ where: { toAddress: address }, orderBy: { createdAt: 'desc' } }),
  )
  return /#token=([\w-]+)/.exec(mail.text)?.[1] ?? ''
}

test('no password, token, cookie, link or key of a whole day is in the log, at its most talkative', async () => {
  const database = await databaseUrl()
  const accountId = await createAccount(server)
  const person = { accountIds: [accountId], password: secrets.password, role: 'administrator' } as const
  const { email, userId } = await createUser(server, person)
  // Links lead to where it runs, so that is known before it starts.
  const port = await freePort()
  const packline = startPackline({
    DATABASE_URL: database.url,
    DEMO: 'false',
    LOG_LEVEL: 'trace',
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    SECRETS_KEY: secrets.secretsKey,
    SMTP_URL: `smtp://packline:${secrets.smtp}@127.0.0.1:1`,
    MAIL_FROM: 'packline@example.com',
    OIDC_ISSUER: 'http://localhost:1',
    OIDC_CLIENT_ID: 'packline',
    OIDC_CLIENT_SECRET: secrets.oidc,
    WEBHOOK_ALLOW_HTTP: 'true',
    WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1',
  })
  const address = await packline.ready
  let cookie = ''
  let ticket = ''
  async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const answer = await fetch(`${address}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        'x-packline-request': '1',
        ...(cookie && { cookie: cookie + ticket }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    for (const given of answer.headers.getSetCookie()) {
      const [name = '', token = ''] = (given.split(';')[0] ?? '').split('=')
      if (name === 'packline') cookie = `packline=${token}`
      else if (name === 'packline-sign-in') ticket = token === '' ? '' : `; packline-sign-in=${token}`
      if (token !== '') found[`cookie ${token.slice(0, 3)}`] = token
    }
    const text = await answer.text()
    return { status: answer.status, text, json: () => JSON.parse(text) as Record<string, string> }
  }
  const api = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
    call(method, `/api/v1${path}`, body, headers)

  expect((await api('POST', '/session', { email, password: secrets.wrongPassword })).status).toBe(401)
  expect((await api('POST', '/session', { email, password: secrets.password })).status).toBe(200)
  const changed = { currentPassword: secrets.password, newPassword: secrets.newPassword }
  expect((await api('PUT', '/user/password', changed)).status).toBe(204)

  const password = secrets.newPassword
  const started = await api('POST', '/user/two-step-sign-in', { password })
  const key = started.json()['key'] ?? ''
  found['key of codes'] = key
  const confirmed = await api('POST', '/user/two-step-sign-in/confirmation', { code: codeNow(key) })
  const { recoveryCodes } = z.object({ recoveryCodes: z.array(z.string()) }).parse(confirmed.json())
  for (const [at, code] of recoveryCodes.entries()) found[`recovery code ${at}`] = code
  const [first = '', second = ''] = recoveryCodes
  expect((await api('POST', '/session', { email, password })).status).toBe(202)
  expect((await api('POST', '/session/code', { code: first })).status).toBe(200)
  const off = { password, code: second }
  expect((await api('POST', '/user/two-step-sign-in/removal', off)).status).toBe(204)
  expect((await api('POST', '/user/two-step-sign-in', { password })).status).toBe(201)

  const token = await api('POST', '/user/tokens', { name: 'script', lifetimeDays: 7, scopes: null })
  expect(token.status, token.text).toBe(201)
  found['API token'] = token.json()['token'] ?? ''
  const bearer = { authorization: `Bearer ${found['API token']}`, cookie: '' }
  expect((await api('GET', '/environments', undefined, bearer)).status).toBe(200)
  const platform = `/api/rest/v1/${accountId}/Environment/query`
  const asScript = { authorization: basic(`BOOMI_TOKEN.${email}`, found['API token']) }
  expect((await call('POST', platform, {}, asScript)).status).toBe(200)
  expect(
    (await call('POST', platform, {}, { authorization: basic(email, secrets.newPassword) })).status,
  ).toBe(200)

  const hook = { url: 'http://127.0.0.1:1/', events: ['release.released'] }
  const made = z
    .object({ secret: z.string(), webhook: z.object({ id: z.string() }) })
    .parse((await api('POST', '/webhooks', hook)).json())
  found['webhook secret'] = made.secret
  const rolled = await api('POST', `/webhooks/${made.webhook.id}/secret`, { endsFormerNow: false })
  found['rolled secret'] = rolled.json()['secret'] ?? ''
  await api('POST', `/webhooks/${made.webhook.id}/test`)
  await expect.poll(() => db.webhookDelivery.count({ where: { attempts: { gt: 0 } } })).toBeGreaterThan(0)

  const invited = `invited-${word()}@example.test`
  const roleId = (await db.role.findFirstOrThrow({ where: { defaultRole: 'support' } })).id
  expect((await api('POST', '/invitations', { email: invited, roleIds: [roleId] })).status).toBe(201)
  found['invitation'] = await mailedToken(invited)
  expect((await api('POST', '/invitation-links/reading', { token: found['invitation'] })).status).toBe(200)

  const atom = await api('POST', '/atoms', { name: 'Harbour', type: 'ATOM' })
  expect(atom.status, atom.text).toBe(201)
  found['install token'] = atom.json()['token'] ?? ''
  const { credential } = secrets
  const node = { token: found['install token'], nodeName: 'node 1', agentVersion: '1', credential }
  const registered = await call('POST', atomProtocolBase + atomEndpoints.register.path, node)
  expect(registered.status, registered.text).toBe(201)
  await call('GET', `${atomProtocolBase}/desired?wait=0`, undefined, {
    authorization: `Bearer ${credential}`,
  })

  const { code, state } = secrets
  await api('GET', `/session/single-sign-on/return?code=${code}&state=${state}`)
  await api('GET', `/notice-calendars/${secrets.calendar}/release.ics`)
  await api('POST', '/session', `{"email":"${email}","password":"${secrets.inBrokenJson}`)
  await api('POST', '/session', { email, password: { is: secrets.inBrokenJson } })

  expect((await api('POST', '/password-resets', { email })).status).toBe(202)
  found['reset'] = await mailedToken(email)
  const reset = { token: found['reset'], password: secrets.resetPassword }
  expect((await api('POST', '/password-resets/completion', reset)).status).toBe(204)
  expect((await api('POST', '/session', { email, password: secrets.resetPassword })).status).toBe(200)
  // What fails on our side is logged with its cause, while the password is at hand.
  await db.$executeRaw`alter table "AccountVisit" rename to "Away"`
  expect((await api('POST', '/session', { email, password: secrets.resetPassword })).status).toBe(500)
  await db.$executeRaw`alter table "Away" rename to "AccountVisit"`
  await api('DELETE', '/session')
  await call('GET', '/api/v1/zqcanary')
  packline.child.kill('SIGTERM')
  await packline.exited
  await database.drop()

  const log = packline.output.text
  // The log has every request, and every failure with its cause: what is not in it was kept out.
  expect(log).toContain('/api/v1/zqcanary')
  expect(log).toContain('AccountVisit')
  const all = Object.entries({ ...secrets, ...found })
  expect(all.filter(([, secret]) => secret.length < 16)).toEqual([])
  const forms = (secret: string) => [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64'),
  ]
  const written = (text: string) =>
    all.filter(([, secret]) => forms(secret).some((form) => text.includes(form))).map(([name]) => name)
  expect(written(log)).toEqual([])

  // Nor is it in the audit log, or anywhere else that stays.
  const tables = [
    'AuditEntry',
    'User',
    'Session',
    'TwoStepSignIn',
    'RecoveryCode',
    'SignInTicket',
    'ApiToken',
    'Webhook',
    'Invitation',
    'AtomInstallToken',
    'IdempotencyRecord',
    'WebhookDelivery',
  ]
  for (const table of tables) {
    const [row] = await db.$queryRawUnsafe<{ text: string | null }[]>(
      `select string_agg(t::text, E'\\n') as text from "${table}" t`,
    )
    expect(written(row?.text ?? ''), table).toEqual([])
  }
  expect(await db.auditEntry.count({ where: { actorId: userId } })).toBeGreaterThan(5)
}, 60_000)
