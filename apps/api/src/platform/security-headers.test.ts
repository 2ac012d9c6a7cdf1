import { expect, test } from 'vitest'
import { createAccount, createUser } from '../test/people.ts'
import { callerOf, createTestApp } from '../test/test-app.ts'

const plain = await createTestApp()
const secure = await createTestApp({ databaseUrl: plain.url, publicUrl: 'https://packline.example.com' })
const production = { databaseUrl: plain.url, isProduction: true }
const overHttps = [
  ['an address of HTTPS', secure],
  ['production without an address', await createTestApp(production)],
] as const
const overHttp = [
  ['no address', plain],
  [
    'production at an address of HTTP',
    await createTestApp({ ...production, publicUrl: 'http://packline.example.com' }),
  ],
] as const

test.each(['/api/v1/about', '/api/v1/session', '/api/docs', '/healthz', '/nowhere'])('%s', async (url) => {
  const { headers } = await plain.app.inject({ method: 'GET', url })
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'x-frame-options': 'DENY',
  })
  const policy = String(headers['content-security-policy']).split(';')
  expect(policy).toContain("default-src 'self'")
  expect(policy).toContain("script-src 'self'")
  expect(policy).toContain("style-src 'self'")
  expect(policy).toContain("object-src 'none'")
  expect(policy).toContain("base-uri 'none'")
  expect(policy).toContain("form-action 'self'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(String(policy)).not.toMatch(/unsafe|\*/)
  expect(headers['x-powered-by']).toBeUndefined()
  expect(headers['server']).toBeUndefined()
})

test('what the API answers is kept by no cache', async () => {
  for (const url of ['/api/v1/about', '/api/v1/session', '/api/v1/nowhere']) {
    const { headers } = await plain.app.inject({ method: 'GET', url })
    expect(headers['cache-control']).toBe('no-store')
  }
})

const password = 'quiet harbour at noon'
async function signIn(place: typeof plain) {
  const { email } = await createUser(place, { accountIds: [await createAccount(place)], password })
  const response = await callerOf(place.app)('POST', '/session', { body: { email, password } })
  expect(response.cookies).toHaveLength(1)
  return response.cookies[0]
}
const hstsOf = async ({ app }: typeof plain) =>
  (await app.inject({ method: 'GET', url: '/healthz' })).headers['strict-transport-security']

test.each(overHttps)('%s: HTTPS is insisted on', async (_where, place) => {
  expect(await hstsOf(place)).toBe('max-age=63072000; includeSubDomains')
})

test.each(overHttps)(
  '%s: the cookie is bound to this host and never sent in the clear',
  async (_where, place) => {
    const cookie = await signIn(place)
    expect(cookie).toMatchObject({
      name: '__Host-packline',
      path: '/',
      secure: true,
      httpOnly: true,
      sameSite: 'Strict',
    })
    expect(cookie).not.toHaveProperty('domain')

    const withName = (name: string) => callerOf(place.app, `${name}=${cookie?.value}`)('GET', '/session')
    expect((await withName('__Host-packline')).statusCode).toBe(200)
    expect((await withName('packline')).statusCode).toBe(401)
  },
)

test.each(overHttp)('%s: whoever comes over HTTP can sign in', async (_where, place) => {
  expect(await hstsOf(place)).toBeUndefined()
  const cookie = await signIn(place)
  expect(cookie).toMatchObject({ name: 'packline', httpOnly: true, sameSite: 'Strict' })
  expect(cookie).not.toHaveProperty('secure')
})
