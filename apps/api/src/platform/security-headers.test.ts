import { expect, test } from 'vitest'
import { createAccount, createUser } from '../test/people.ts'
import { callerOf, createTestApp } from '../test/test-app.ts'

const plain = await createTestApp()
const secure = await createTestApp({ databaseUrl: plain.url, publicUrl: 'https://packline.example.com' })

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

test('HTTPS is insisted on where the product is served over it', async () => {
  const [overHttp, overHttps] = [
    await plain.app.inject({ method: 'GET', url: '/healthz' }),
    await secure.app.inject({ method: 'GET', url: '/healthz' }),
  ]
  expect(overHttp.headers['strict-transport-security']).toBeUndefined()
  expect(overHttps.headers['strict-transport-security']).toBe('max-age=63072000; includeSubDomains')
})

test('over HTTPS the cookie is bound to this host and never sent in the clear', async () => {
  const password = 'quiet harbour at noon'
  const { email } = await createUser(secure, { accountIds: [await createAccount(secure)], password })
  const response = await callerOf(secure.app)('POST', '/session', { body: { email, password } })
  expect(response.cookies).toMatchObject([
    { name: '__Host-packline', path: '/', secure: true, httpOnly: true, sameSite: 'Strict' },
  ])
  expect(response.cookies[0]).not.toHaveProperty('domain')

  const token = response.cookies[0]?.value ?? ''
  const withName = (name: string) => callerOf(secure.app, `${name}=${token}`)('GET', '/session')
  expect((await withName('__Host-packline')).statusCode).toBe(200)
  expect((await withName('packline')).statusCode).toBe(401)
})
