import { connectDatabase } from '@packline/database/client.ts'
import { createStatementNames, takesOneRow } from '@packline/database/statement-names.ts'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { createTestDatabase } from './test-database.ts'

const url = await createTestDatabase()
const db = connectDatabase({
  url,
  connections: 1,
  name: 'plans',
  statementTimeoutSeconds: 10,
  keepsPlans: true,
  actsFor: 'owner',
})
afterAll(() => db.$disconnect())

const keptPlans = async () => {
  const rows = await db.$queryRawUnsafe(`select count(*)::int as count from pg_prepared_statements`)
  return z.tuple([z.object({ count: z.number() })]).parse(rows)[0].count
}

test('a statement that comes again and again is planned once, whatever its values', async () => {
  const before = await keptPlans()
  for (const wanted of [1, 2, 3, 4, 5])
    expect(await db.$queryRaw`select ${wanted}::int as found`).toEqual([{ found: wanted }])
  expect(await keptPlans()).toBe(before + 1)
})

test('a text that comes twice gets no name, and there is an end to those that do', () => {
  const nameOf = createStatementNames()
  expect([1, 2].map(() => nameOf({ sql: 'select 0' }))).toEqual(['', ''])
  const names = new Set<string>()
  for (let text = 1; text <= 1_000; text += 1)
    for (let call = 0; call < 4; call += 1) names.add(nameOf({ sql: `select ${text}` }))
  names.delete('')
  expect(names.size).toBe(500)
  expect(nameOf({ sql: 'select 1' })).toBe(nameOf({ sql: 'select 1' }))
  expect(nameOf({ sql: 'select 1' })).not.toBe('')
})

test('where only those of one row are to be kept, any other text is planned anew', () => {
  const nameOf = createStatementNames(takesOneRow)
  const isNamed = (sql: string) => [1, 2, 3].map(() => nameOf({ sql })).at(-1) !== ''
  expect(isNamed('select id from "Release" order by id limit 1')).toBe(true)
  expect(isNamed('select id from "Release"\n    order by id limit 1\n  ')).toBe(true)
  for (const sql of ['select id from "Release" limit 10', 'select id from "Release" limit 1 for update'])
    expect(isNamed(sql), sql).toBe(false)
})

test('texts that come once do not pile up', () => {
  const nameOf = createStatementNames()
  for (let text = 1; text <= 20_000; text += 1) nameOf({ sql: `select ${text}` })
  expect([1, 2, 3].map(() => nameOf({ sql: 'select true' }) !== '')).toEqual([false, false, true])
})
