import { endpoints } from '@packline/contract/endpoints.ts'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { createTestApp } from '../test/test-app.ts'

const app = await createTestApp({
  publicUrl: 'http://packline.test',
  // Where single sign-on is configured there are two more routes.
  oidc: { issuer: 'http://localhost:1', clientId: 'packline', clientSecret: 'none', label: 'Sign in' },
})
const document = z.object({
  paths: z.record(
    z.string(),
    z.record(z.string(), z.object({ summary: z.string(), tags: z.array(z.string()) })),
  ),
})
const response = await app.app.inject({ method: 'GET', url: '/api/docs/json' })
const { paths } = document.parse(response.json())
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
