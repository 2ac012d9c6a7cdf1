import { expect, test } from 'vitest'
import { createAccount, createUser, signInAs } from '../test/people.ts'
import { createTestApp } from '../test/test-app.ts'

const app = await createTestApp()
const accountId = await createAccount(app)
const person = await signInAs(app, { accountId })
const password = 'quiet harbour at noon'

const firstName = async () =>
  (await app.db.user.findUniqueOrThrow({ where: { id: person.userId } })).firstName

/** What a browser sends along by itself when the page at that place makes it send something. */
const sameOrigin = {
  origin: 'http://localhost:3000',
  host: 'localhost:3000',
  'sec-fetch-site': 'same-origin',
}

test('the page itself may write', async () => {
  for (const headers of [{}, sameOrigin, { ...sameOrigin, 'sec-fetch-site': 'none' }]) {
    const response = await person.call('PATCH', '/user', { body: { firstName: 'Own' }, headers })
    expect(response.statusCode).toBe(200)
  }
})

test.each<[string, Record<string, string>]>([
  ['another site', { 'sec-fetch-site': 'cross-site' }],
  ['a sister domain', { 'sec-fetch-site': 'same-site' }],
  ['another origin', { origin: 'https://evil.example', host: 'localhost:3000' }],
  ['another port', { origin: 'http://localhost:3001', host: 'localhost:3000' }],
  ['an opaque origin, as of a sandboxed frame', { origin: 'null', host: 'localhost:3000' }],
  [
    'an origin that only begins alike',
    { origin: 'http://localhost:3000.evil.example', host: 'localhost:3000' },
  ],
])('16 a write from %s is refused', async (_where, headers) => {
  const response = await person.call('PATCH', '/user', { body: { firstName: 'Forged' }, headers })
  expect(response.statusCode).toBe(403)
  expect(response.json()).toMatchObject({
    code: 'cross-site-request',
    message: expect.stringContaining('does not come from Packline itself'),
  })
  expect(await firstName()).toBe('Own')
})

test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
  '16 a form of another site (%s) cannot carry the header that is asked for',
  async (type) => {
    const token = (await app.db.session.findFirstOrThrow({ where: { userId: person.userId } })).id
    const response = await app.app.inject({
      method: 'POST',
      url: '/api/v1/session',
      headers: { 'content-type': type, cookie: `packline=${token}` },
      payload: '{"email":"a@example.test","password":"x"}',
    })
    expect(response.statusCode).toBe(403)
  },
)

test('16 nobody is signed in as somebody else by another site', async () => {
  const { email } = await createUser(app, { accountIds: [accountId], password })
  const send = (headers: Record<string, string>, url = '/api/v1/session') =>
    app.app.inject({ method: 'POST', url, headers, payload: { email, password } })

  for (const url of ['/api/v1/session', '/%61pi/v1/session', '/api/%76%31/session', '/api/v1/session/']) {
    const response = await send({}, url)
    expect(response.statusCode, url).toBe(403)
    expect(response.cookies).toEqual([])
  }
  expect((await send({ 'x-packline-request': '1' })).statusCode).toBe(200)
})

test('behind a public address only that address is the own one', async () => {
  const published = await createTestApp({ databaseUrl: app.url, publicUrl: 'https://packline.example.com' })
  const send = (origin: string) =>
    published.app.inject({
      method: 'POST',
      url: '/api/v1/session',
      headers: { origin, host: 'localhost:3000', 'x-packline-request': '1' },
      payload: { email: 'a@example.test', password: 'x' },
    })
  expect((await send('https://packline.example.com')).statusCode).toBe(401)
  expect((await send('http://packline.example.com')).statusCode).toBe(403)
  expect((await send('http://localhost:3000')).statusCode).toBe(403)
})

test('17 TRACE, CONNECT and invented methods reach no route', async () => {
  for (const method of ['TRACE', 'PROPFIND', 'LOCK']) {
    // Fastify's types know only the methods that everybody has.
    const response = await app.app.inject({ method: method as 'GET', url: '/api/v1/session' })
    expect(response.statusCode, method).toBe(404)
  }
})

test('18 no other origin is allowed to read', async () => {
  for (const method of ['GET', 'OPTIONS'] as const) {
    const response = await app.app.inject({
      method,
      url: '/api/v1/about',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'PUT' },
    })
    expect(Object.keys(response.headers).filter((name) => name.startsWith('access-control-'))).toEqual([])
  }
})
