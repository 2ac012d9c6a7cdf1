import { describe, expect, test } from 'vitest'

import { barrels } from './barrels.ts'
import { casts } from './casts.ts'
import { clockReads } from './clock-reads.ts'
import { dateFormatters } from './date-formatters.ts'
import { interfaces } from './interfaces.ts'
import { lookups } from './lookups.ts'
import type { Rule } from './rule.ts'
import { skippedTests } from './skipped-tests.ts'

const problems = (rule: Rule, path: string, text: string) => rule([{ path, text }])

describe('barrels', () => {
  test.each([
    `export * from './plan.ts'`,
    `export { plan } from './plan.ts'`,
    `export type { Plan } from './plan.ts'`,
  ])('%s is refused', (text) => {
    expect(problems(barrels, 'packages/domain/src/releases.ts', text)).toHaveLength(1)
  })

  test('own exports are fine', () => {
    expect(problems(barrels, 'packages/domain/src/a.ts', `const a = 1\nexport { a }`)).toEqual([])
  })
})

describe('casts', () => {
  test('a cast without a reason is refused, one with a reason is not', () => {
    expect(problems(casts, 'apps/api/src/app.ts', 'const id = text as Id')).toHaveLength(1)
    expect(
      problems(casts, 'apps/api/src/app.ts', 'const id = text as Id // the schema has checked it'),
    ).toEqual([])
    expect(
      problems(casts, 'apps/api/src/app.ts', '// The schema has checked it.\nconst id = text as Id'),
    ).toEqual([])
  })

  test('“as const” is no cast, and tests may build what they like', () => {
    expect(problems(casts, 'apps/api/src/app.ts', 'const codes = [404, 409] as const')).toEqual([])
    expect(problems(casts, 'apps/api/src/app.test.ts', 'const id = text as Id')).toEqual([])
  })
})

describe('look-ups', () => {
  test('by a unique key are shared between requests, others are not', () => {
    const find = (how: string) => `const pack = await db.integrationPack.${how}({ where: { id } })`
    const path = 'apps/api/src/features/releases/releases.views.ts'
    expect(problems(lookups, path, find('findUnique'))).toHaveLength(1)
    expect(problems(lookups, path, find('findUniqueOrThrow'))).toHaveLength(1)
    expect(problems(lookups, path, find('findFirst'))).toEqual([])
    expect(problems(lookups, path.replace('views', 'test'), find('findUnique'))).toEqual([])
  })
})

describe('interfaces', () => {
  test('only a library’s own is added to', () => {
    expect(problems(interfaces, 'apps/api/src/app.ts', 'interface Pack { id: string }')).toHaveLength(1)
    const added = "declare module 'fastify' { interface FastifyRequest { actor: Actor } }"
    expect(problems(interfaces, 'apps/api/src/app.ts', added)).toEqual([])
  })
})

describe('clock', () => {
  test.each([
    'const now = new Date()',
    'const now = Date.now()',
    'const clock = Date.now',
    'const now = Temporal.Now.instant()',
    'await tx.$queryRaw`select id from "Release" where "dueAt" <= now()`',
    'await tx.$queryRaw`select id from "Release" where "packId" = ${id} and "dueAt" <= current_timestamp`',
    'await tx.$executeRaw`update "Release" set "startedAt" = clock_timestamp()`',
  ])('%s reads another clock', (text) => {
    expect(problems(clockReads, 'apps/api/src/features/releases/claim-release.ts', text)).toHaveLength(1)
  })

  test.each([
    'const at = new Date(row.dueAt)',
    'const now = deps.now()',
    'const start = performance.now()',
    '// not Date.now()',
    'await tx.$queryRaw`select app_now() as now`',
    'const text = "Release now() is a button"',
  ])('%s does not', (text) => {
    expect(problems(clockReads, 'apps/api/src/features/releases/claim-release.ts', text)).toEqual([])
  })

  test('a file on the list may, for as long as it does', () => {
    const listed = 'apps/api/src/platform/session-lookup.ts'
    expect(problems(clockReads, listed, 'db.$queryRaw`select now()`')).toEqual([])
    expect(problems(clockReads, listed, 'const a = 1')).toEqual([
      expect.stringContaining('Take it off the list'),
    ])
  })

  test('the browser is not watched', () => {
    expect(problems(clockReads, 'apps/web/src/session.ts', 'Date.now()')).toEqual([])
  })
})

describe('date formatters', () => {
  test.each([
    'date.toLocaleDateString()',
    'date.toLocaleString("en")',
    'new Intl.DateTimeFormat("en")',
    'formatInTimeZone(date, zone, "HH:mm")',
  ])('%s is refused outside of dates.ts', (text) => {
    expect(problems(dateFormatters, 'apps/web/src/features/packs/pack-list.tsx', text)).toHaveLength(1)
    expect(problems(dateFormatters, 'apps/api/src/features/packs/packs.views.ts', text)).toHaveLength(1)
    expect(problems(dateFormatters, 'apps/web/src/lib/dates.ts', text)).toEqual([])
    expect(problems(dateFormatters, 'packages/domain/src/time/zone-offset.ts', text)).toEqual([])
  })
})

describe('skipped tests', () => {
  test.each([
    'test.skip("a", () => {})',
    'it.only("a", () => {})',
    'describe.skip("a", () => {})',
    'test.describe.skip("a", () => {})',
    'test.todo("a")',
    'test.fixme()',
    'test.skipIf(slow)("a", () => {})',
  ])('%s is refused', (text) => {
    expect(problems(skippedTests, 'e2e/release.spec.ts', text)).toHaveLength(1)
  })

  test('running tests are fine', () => {
    const text = 'test.each([1])("a", () => {})\ntest.describe("b", () => { list.skip(1) })'
    expect(problems(skippedTests, 'e2e/release.spec.ts', text)).toEqual([])
  })
})
