import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { buildApp } from '../app.ts'
import { watchRound } from '../platform/work-watch.ts'
import { createTestApp } from '../test/test-app.ts'
import { serveMetrics } from './serve-metrics.ts'

const docs = join(import.meta.dirname, '../../../../docs')
const rule = z.object({ alert: z.string(), expr: z.string(), annotations: z.object({ summary: z.string() }) })
const rulesFile = z.object({ groups: z.array(z.object({ rules: z.array(rule) })) })
const rules = rulesFile
  .parse(parse(readFileSync(join(docs, 'alerts.yaml'), 'utf8')))
  .groups.flatMap((group) => group.rules)

const { deps } = await createTestApp()
const metrics = await serveMetrics(deps, { host: '127.0.0.1', port: 0 })
const app = await buildApp(deps, [metrics.watchRequests])
afterAll(async () => {
  await app.close()
  await metrics.close()
})
await app.inject('/healthz')
await watchRound('releases', () => Promise.resolve())
const text = await (await fetch(`http://127.0.0.1:${metrics.port}/metrics`)).text()
const series = new Set([...text.matchAll(/^[a-z_0-9]+/gm)].map(([name]) => name))

test.each(rules)('$alert asks for what is measured', ({ expr }) => {
  const names = expr.match(/\b(packline|nodejs|process)_[a-z_0-9]+/g) ?? []
  expect(names.length).toBeGreaterThan(0)
  expect(names.filter((name) => !series.has(name))).toEqual([])
})

test('every alert is explained in the operations guide, and nothing else is', () => {
  const guide = readFileSync(join(docs, 'operations.md'), 'utf8')
  const explained = [...guide.matchAll(/^\| `(Packline\w+)` \|/gm)].map(([, name]) => name)
  expect(explained.toSorted()).toEqual(rules.map(({ alert }) => alert).toSorted())
})
