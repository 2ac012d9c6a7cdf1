import { expect, test } from 'vitest'
import { createAccount, signInAs } from '../test/people.ts'
import { createTestApp } from '../test/test-app.ts'

const app = await createTestApp()
const person = await signInAs(app, { accountId: await createAccount(app) })

const send = (payload: string, headers: Record<string, string> = {}, url = '/api/v1/session') =>
  app.app.inject({
    method: 'POST',
    url,
    headers: { 'x-packline-request': '1', 'content-type': 'application/json', ...headers },
    payload,
  })

const requestId = expect.stringMatching(/^[0-9a-f-]{36}$/)

test.each([
  ['{"email": "a@example.test"', 'The body is not valid JSON.'],
  ['not JSON', 'The body is not valid JSON.'],
  ["{'email': 'a'}", 'The body is not valid JSON.'],
  ['', 'The body is empty, but was announced as JSON.'],
])('%s is refused as no JSON', async (payload, message) => {
  const response = await send(payload)
  expect(response.statusCode).toBe(400)
  expect(response.json()).toEqual({ code: 'json-invalid', message, requestId })
})

test.each(['{"__proto__": {"admin": true}}', '{"constructor": {"prototype": {"admin": true}}}'])(
  '%s pollutes no prototype',
  async (payload) => {
    expect((await send(payload)).statusCode).toBe(400)
    expect({}).not.toHaveProperty('admin')
  },
)

test.each(['[]', 'null', '1', '"text"', 'true'])(
  'the body %s is not the object that is asked for',
  async (payload) => {
    const response = await send(payload)
    expect(response.statusCode).toBe(400)
    expect(response.json()).toMatchObject({ code: 'request-invalid', requestId })
  },
)

test('which fields are wrong is said one by one', async () => {
  const response = await send('{"email": 1, "password": "x", "role": "administrator"}')
  expect(response.statusCode).toBe(400)
  expect(response.json()).toMatchObject({
    code: 'request-invalid',
    message: expect.stringMatching(/^The request is not valid\. email: /),
    fields: expect.arrayContaining([{ path: 'email', message: expect.any(String) }]),
  })
})

test('a body that is too large is refused', async () => {
  const response = await send(JSON.stringify({ email: 'a', password: 'x'.repeat(1024 * 1024) }))
  expect(response.statusCode).toBe(413)
  expect(response.json()).toEqual({
    code: 'body-too-large',
    message: 'The body is larger than this route accepts.',
    requestId,
  })
})

test.each([
  'application/json\t',
  'application/json\ta',
  'application/json\t; charset=utf-8',
  ' application/json',
  'application/json garbage',
  'application/json;garbage',
  'application/jsonx',
  'APPLICATION/JSON ',
  'application/json; charset=utf-8; x="',
  'text/json',
  'text/plain',
  'application/vnd.api+json',
  'application/xml',
])('no content type such as “%s” gets a body past its check', async (type) => {
  const response = await send('{"email": {"contains": "@"}, "password": "x"}', { 'content-type': type })
  expect([400, 415]).toContain(response.statusCode)
  expect(response.json()).toMatchObject({
    code: expect.stringMatching(/^(request-invalid|media-type-unsupported)$/),
  })
})

test('numbers and words are not turned into each other', async () => {
  for (const payload of ['{"email": 12345678, "password": "x"}', '{"email": "a", "password": true}']) {
    expect((await send(payload)).statusCode).toBe(400)
  }
})

test('forwarding headers of a stranger are not believed', async () => {
  const headers = {
    'x-forwarded-for': '203.0.113.9',
    'x-forwarded-host': 'evil.example',
    forwarded: 'for=203.0.113.9',
  }
  await person.call('GET', '/session', { headers })
  const statuses = []
  for (let count = 0; count < 31; count++) {
    const spoofed = { ...headers, 'x-forwarded-for': `203.0.113.${count}` }
    statuses.push((await send('{"email": "spoof@example.test", "password": "x"}', spoofed)).statusCode)
  }
  expect(statuses.at(-1)).toBe(429)
})

test('CVE-2026-3635, CVE-2026-16732 behind a proxy, what it forwards is believed of itself and of nobody else', async () => {
  const behind = await createTestApp({ databaseUrl: app.url, trustedProxies: ['10.0.0.5', '10.1.0.0/16'] })
  const ask = async (remoteAddress: string) => {
    const answer = await behind.app.inject({
      method: 'POST',
      url: '/api/v1/atoms',
      remoteAddress,
      headers: {
        cookie: person.cookie,
        'x-packline-request': '1',
        host: 'inside.example',
        'x-forwarded-for': '203.0.113.9',
        'x-forwarded-host': 'outside.example',
        'x-forwarded-proto': 'https',
      },
      payload: { name: `Atom ${remoteAddress}`, type: 'ATOM' },
    })
    return answer.json<{ command: string }>().command
  }
  for (const proxy of ['10.0.0.5', '10.1.2.3']) expect(await ask(proxy)).toContain('https://outside.example')
  for (const stranger of ['10.0.0.6', '203.0.113.9', '127.0.0.1']) {
    const command = await ask(stranger)
    expect(command).toContain('http://inside.example')
    expect(command).not.toContain('outside')
  }
})

test.each(['/api/v1/nowhere', '/api/nowhere', '/api/v1/', '/api/v2/session'])(
  '%s does not exist',
  async (url) => {
    const response = await send('{}', {}, url)
    expect(response.statusCode).toBe(404)
    expect(response.json()).toEqual({
      code: 'route-not-found',
      message: 'There is nothing at POST here.',
      requestId,
    })
  },
)

test('a path that is no address is refused in the same shape', async () => {
  const response = await send('{}', {}, '/api/v1/%E0%A4%A')
  expect(response.statusCode).toBe(400)
  expect(response.json()).toEqual({
    code: 'address-invalid',
    message: 'This address is not valid.',
    requestId,
  })
})

test('what went wrong inside is not told', async () => {
  const broken = await createTestApp({ databaseUrl: app.url })
  broken.app.log.level = 'silent'
  await broken.db.$executeRaw`alter table "User" rename to "Renamed"`
  try {
    const response = await broken.app.inject({
      method: 'POST',
      url: '/api/v1/session',
      headers: { 'x-packline-request': '1' },
      payload: { email: 'a@example.test', password: 'x' },
    })
    expect(response.statusCode).toBe(500)
    expect(response.json()).toEqual({
      code: 'unexpected',
      message:
        'Something went wrong on our side. Nothing was changed. The request id helps us to find out why.',
      requestId,
    })
  } finally {
    await broken.db.$executeRaw`alter table "Renamed" rename to "User"`
  }
})
