import { systemRole, tenantRole } from '@packline/database/database-roles.ts'
import { openPool } from '@packline/database/open-pool.ts'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { asAdmin, createTestDatabase } from '../test/test-database.ts'

const login = 'with_three_connections'
const url = new URL(await createTestDatabase())
url.username = login
url.password = login

beforeAll(async () => {
  await asAdmin(
    inject('postgresUrl'),
    `create role ${login} login password '${login}' connection limit 3 in role ${systemRole}, ${tenantRole}`,
  )
})
afterAll(async () => {
  for (const pool of [first, second]) await pool.end()
  await asAdmin(inject('postgresUrl'), `drop role ${login}`)
})

const open = (name: string) =>
  openPool({
    url: url.href,
    connections: 10,
    name,
    statementTimeoutSeconds: 4,
    actsFor: 'system',
    queueSeconds: 4,
  })
const first = open('first of a full server')
const second = open('second of a full server')

test('where the server has no connection left, those that a pool has serve everybody', async () => {
  const asked = Array.from({ length: 30 }, () => first.query('select pg_sleep(0.01)'))
  expect(await Promise.all(asked)).toHaveLength(30)
})

test('a pool that has several gives one up for another that has none', async () => {
  let isOver = false
  const askOnAndOn = async () => {
    while (!isOver) await first.query('select pg_sleep(0.01)')
  }
  const asking = Array.from({ length: 10 }, askOnAndOn)
  await expect
    .poll(
      () =>
        second.query('select 1').then(
          () => 'served',
          () => 'refused',
        ),
      { timeout: 10_000 },
    )
    .toBe('served')
  isOver = true
  await Promise.all(asking)
})
