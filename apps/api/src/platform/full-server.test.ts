import { actAs, beginActing } from '@packline/database/acting.ts'
import { connectDatabase } from '@packline/database/client.ts'
import { systemRole, tenantRole } from '@packline/database/database-roles.ts'
import { openPool } from '@packline/database/open-pool.ts'
import { afterAll, expect, inject, onTestFinished, test } from 'vitest'
import { createAccount } from '../test/people.ts'
import { createTestApp } from '../test/test-app.ts'
import { asAdmin } from '../test/test-database.ts'

const app = await createTestApp()
const serverUrl = inject('postgresUrl')

/** The address of a login that may have so many connections, as if the server had no more. */
async function urlWithConnections(limit: number) {
  const login = `with_${limit}_connections`
  await asAdmin(
    serverUrl,
    `create role ${login} login password '${login}' connection limit ${limit} in role ${systemRole}, ${tenantRole}`,
  )
  afterAll(() => asAdmin(serverUrl, `drop role ${login}`))
  const url = new URL(app.url)
  url.username = login
  url.password = login
  return url.href
}

const limits = { connections: 10, statementTimeoutSeconds: 4, queueSeconds: 4 }

function open(url: string, name: string) {
  const pool = openPool({ url, name, ...limits, actsFor: 'system' })
  onTestFinished(() => pool.end())
  return pool
}

function connect(url: string, actsFor: 'system' | 'whoever-acts') {
  const db = connectDatabase({ url, name: actsFor, ...limits, keepsPlans: true, actsFor })
  onTestFinished(() => db.$disconnect())
  return db
}

const threeConnections = await urlWithConnections(3)
const oneConnection = await urlWithConnections(1)

test('where the server has no connection left, those that a pool has serve everybody', async () => {
  const pool = open(threeConnections, 'alone')
  const asked = Array.from({ length: 30 }, () => pool.query('select pg_sleep(0.01)'))
  expect(await Promise.all(asked)).toHaveLength(30)
})

test('a pool that has none is served at once with a connection of one that is asked on and on', async () => {
  const [busy, other] = [open(threeConnections, 'busy'), open(threeConnections, 'other')]
  let isOver = false
  const askOnAndOn = async () => {
    while (!isOver) await busy.query('select pg_sleep(0.01)')
  }
  const asking = Array.from({ length: 10 }, askOnAndOn)
  await busy.query('select 1')
  for (let time = 0; time < 10; time += 1) await other.query('select 1')
  isOver = true
  await Promise.all(asking)
})

test('a single connection serves several clients, each as who it acts for', async () => {
  const ids = await Promise.all([createAccount(app), createAccount(app)])
  await app.db.integrationPack.createMany({
    data: ids.map((accountId) => ({ accountId, name: `Of ${accountId}`, type: 'SINGLE' })),
  })
  const [systemDb, db] = [connect(oneConnection, 'system'), connect(oneConnection, 'whoever-acts')]
  const seenAs = (accountId: string) =>
    beginActing(async () => {
      const seenBySystem = await systemDb.integrationPack.count({ where: { accountId: { in: ids } } })
      actAs({ kind: 'account', accountId })
      const [pack] = await db.integrationPack.findMany()
      return [seenBySystem, pack?.accountId, await db.$transaction((tx) => tx.integrationPack.count())]
    })
  // Often enough for both to have their statements' plans kept on that connection.
  for (let round = 0; round < 5; round += 1) {
    const seen = await Promise.all([...ids, ...ids, ...ids].map(seenAs))
    for (const [place, accountId] of [...ids, ...ids, ...ids].entries())
      expect(seen[place]).toEqual([2, accountId, 1])
  }
})
