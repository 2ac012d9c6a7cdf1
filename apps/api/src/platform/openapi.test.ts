import { endpoints } from '@packline/contract/endpoints.ts'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { createTestApp } from '../test/test-app.ts'

const app = await createTestApp({
  publicUrl: 'http://packline.test',
  // Where single sign-on is configured there are two more routes.
  oidc: { issuer: 'http://localhost:1', clientId: 'packline', clientSecret: 'none', label: 'Sign in' },
})
const operation = z.object({
  summary: z.string(),
  tags: z.array(z.string()),
  parameters: z.array(z.object({ name: z.string(), in: z.string() })).default([]),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
})
const document = z.object({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ securitySchemes: z.record(z.string(), z.unknown()) }),
})
const response = await app.app.inject({ method: 'GET', url: '/api/docs/json' })
const { paths, components } = document.parse(response.json())
const documented = Object.entries(paths).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
)

const routeOf = ({ method, path }: { method: string; path: string }) =>
  `${method} /api/v1${path.replaceAll(/:(\w+)/g, '{$1}')}`

test.each(Object.entries(endpoints))('%s is documented', (_name, endpoint) => {
  expect(documented).toContain(routeOf(endpoint))
})

test('nothing else is', () => {
  const known = new Set(Object.values(endpoints).map(routeOf))
  expect(documented.filter((route) => !known.has(route))).toEqual([])
})

test('all ways in are named: the session’s cookie, and an API token as Bearer or in HTTP Basic', () => {
  expect(components.securitySchemes).toMatchObject({
    session: { type: 'apiKey', in: 'cookie' },
    token: { type: 'http', scheme: 'bearer' },
    basicToken: { type: 'http', scheme: 'basic' },
  })
})

const headersOf = (path: string, method: string) =>
  (paths[`/api/v1${path}`]?.[method]?.parameters ?? [])
    .filter((one) => one.in === 'header')
    .map(({ name }) => name)
    .toSorted()

test.each([
  ['/environments', 'get', []],
  ['/environments', 'post', ['Idempotency-Key', 'X-Packline-Request']],
  ['/environments/{environmentId}', 'patch', ['Idempotency-Key', 'If-Match', 'X-Packline-Request']],
  ['/environments/{environmentId}', 'delete', ['Idempotency-Key', 'If-Match', 'X-Packline-Request']],
  ['/session', 'post', ['X-Packline-Request']],
])('%s %s names the headers that it takes', (path, method, headers) => {
  expect(headersOf(path, method)).toEqual(headers)
})

test.each([
  ['/environments', 'get', undefined],
  ['/session', 'post', []],
  ['/user/tokens', 'post', [{ session: [] }]],
])('%s %s says who may call it', (path, method, security) => {
  expect(paths[`/api/v1${path}`]?.[method]?.security).toEqual(security)
})
