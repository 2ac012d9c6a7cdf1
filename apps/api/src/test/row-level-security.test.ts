import { applicationUrl } from '@packline/database/application-login.ts'
import pg from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { fillEveryTable } from './every-table.ts'
import { wordsOf } from './leak-attempt.ts'
import { createAccount } from './people.ts'
import { createTestApp } from './test-app.ts'
import { createWorld } from './world.ts'

const app = await createTestApp()
const clients: pg.Client[] = []
afterAll(() => Promise.all(clients.map((client) => client.end())))

/** Tables without the wall, and why. */
const open = new Map([
  ['_prisma_migrations', 'names of migrations, which every copy of this repository has'],
  ['DemoClock', 'one number for everybody, in the demo only'],
])

const everyTable = await app.db.$queryRaw<{ name: string }[]>`
  select tablename as name from pg_tables where schemaname = 'public' order by 1`
const walled = everyTable.map(({ name }) => name).filter((name) => !open.has(name))
/** The default roles are everybody's. */
const everybodys = `'Role', (select count(*) from "Role" where "accountId" is null)`

test('the wall stands around every table, for its owner too', async () => {
  const rows = await app.db.$queryRaw<{ name: string }[]>`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      and not (relrowsecurity and relforcerowsecurity) order by 1`
  expect(rows.map(({ name }) => name).toSorted()).toEqual([...open.keys()].toSorted())
})

test('views show what their reader may see', async () => {
  const rows = await app.db.$queryRaw<{ name: string; options: string[] | null }[]>`
    select relname as name, reloptions as options from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')`
  expect(rows.length).toBeGreaterThan(0)
  for (const { name, options } of rows) expect(options, name).toContain('security_invoker=true')
})

test('what reads past the wall looks names up in no schema but ours', async () => {
  const rows = await app.db.$queryRaw<{ name: string; settings: string[] | null }[]>`
    select proname as name, proconfig as settings from pg_proc
    where pronamespace = 'public'::regnamespace and prosecdef`
  expect(rows.length).toBeGreaterThan(10)
  for (const { name, settings } of rows) expect(settings, name).toEqual(['search_path=public, pg_temp'])
})

test('what acts for the system gets the plans it would have without a wall', async () => {
  const system = await connectAs('packline_system')
  for (const table of walled) {
    const { rows } = await system.query<Record<string, string>>(`explain select from "${table}"`)
    expect(rows.flatMap((row) => Object.values(row)).join('\n'), table).not.toContain('Filter')
  }
})

/** A connection as the application has them: nothing may be done on it but taking a role. */
async function connectAs(role: 'packline_tenant' | 'packline_system' | null, accountId?: string) {
  const client = new pg.Client({ connectionString: applicationUrl(app.url) })
  await client.connect()
  clients.push(client)
  if (role) await client.query(`select set_config('role', $1, false)`, [role])
  if (accountId !== undefined)
    await client.query(`select set_config('app.account_id', $1, false)`, [accountId])
  return client
}

const textOf = async (client: pg.Client, table: string) => {
  const { rows } = await client.query<{ text: string }>(`select t::text as text from "${table}" t`)
  return rows.map(({ text }) => text).join('\n')
}
/** An account with rows in every table, and the words that only they can say. */
async function newWorld(accountId: string) {
  const world = await createWorld(app, accountId)
  return { ...world, words: [...wordsOf(world), ...(await fillEveryTable(app.db, world))] }
}
type Filled = Awaited<ReturnType<typeof newWorld>>
const saidIn = (text: string, { words }: Filled) => words.filter((word) => text.includes(word))

const primaryId = await createAccount(app)
const managedAccount = () => createAccount(app, { primaryAccountId: primaryId })
const managed = await newWorld(await managedAccount())
const primary = await newWorld(primaryId)

describe.each([
  ['a stranger', await newWorld(await createAccount(app)), primary],
  ['a stranger at a managed account', await newWorld(await createAccount(app)), managed],
  ['a managed account at another one', await newWorld(await managedAccount()), managed],
] as const)('%s', async (_name, reader, other) => {
  const tenant = await connectAs('packline_tenant', reader.ownId)
  const system = await connectAs('packline_system')

  test.each(walled)('reads nothing of its rows in %s', async (table) => {
    // The negative control: the rows are there, and the same statement shows them to whom no account bounds.
    expect(saidIn(await textOf(system, table), other)).not.toEqual([])
    if (await mayRead(tenant, table)) expect(saidIn(await textOf(tenant, table), other)).toEqual([])
  })

  test.each(walled)('changes and deletes nothing of its rows in %s', async (table) => {
    const { rows: columns } = await system.query<{ name: string }>(
      `select quote_ident(attname) as name from pg_attribute where attrelid = $1::regclass and attnum = 1`,
      [`"${table}"`],
    )
    const column = columns[0]?.name ?? ''
    for (const statement of [
      `update "${table}" t set ${column} = ${column} where t::text ~ $1 returning t::text as text`,
      `delete from "${table}" t where t::text ~ $1 returning t::text as text`,
    ]) {
      expect(await reached(tenant, statement, other)).toEqual([])
    }
  })
})

/** The rows of that account that a statement reaches, which is taken back. */
async function reached(client: pg.Client, statement: string, { words }: Filled): Promise<string[]> {
  await client.query('begin')
  try {
    const { rows } = await client.query<{ text: string }>(statement, [words.join('|')])
    return rows.map(({ text }) => text)
  } catch (error) {
    // Nobody may do that to any row of the table.
    expect(String(error)).toContain('permission denied for table')
    return []
  } finally {
    await client.query('rollback')
  }
}

async function mayRead(client: pg.Client, table: string) {
  const { rows } = await client.query<{ may: boolean }>(`select has_table_privilege($1, 'select') as may`, [
    `"${table}"`,
  ])
  return rows[0]?.may === true
}

test('what it may do, a primary account does in the accounts it manages', async () => {
  const tenant = await connectAs('packline_tenant', primary.ownId)
  expect(saidIn(await textOf(tenant, 'Environment'), managed)).toContain(managed.ids.environmentId)
  expect(saidIn(await textOf(tenant, 'Webhook'), managed)).toEqual([])
})

describe('without an account', async () => {
  const tenant = await connectAs('packline_tenant')
  test.each(walled)('%s is empty', async (table) => {
    if (!(await mayRead(tenant, table))) return
    const { rows } = await tenant.query<{ count: string; mine: string }>(
      `select count(*) as count, coalesce((select c from (values (${everybodys})) v(name, c) where name = $1), 0) as mine
       from "${table}"`,
      [table],
    )
    expect(rows[0]?.count).toBe(rows[0]?.mine)
  })
})

describe('the application', async () => {
  const roles = ['packline_tenant', 'packline_system'] as const
  const connections = {
    packline_tenant: await connectAs('packline_tenant', primary.ownId),
    packline_system: await connectAs('packline_system'),
    packline_app: await connectAs(null),
  }
  const refusalOf = (role: keyof typeof connections, statement: string) =>
    connections[role].query(statement).then(
      () => 'done',
      (error: unknown) => String(error),
    )

  test.each(
    ([...roles, 'packline_app'] as const).flatMap((role) =>
      [
        'create table made (id int)',
        'create function made() returns int language sql as $$ select 1 $$',
        'create schema made',
        'create role made',
        'create policy made on "Account" using (true)',
        'alter table "Account" add column made int',
        'alter table "Account" disable row level security',
        'alter table "AuditEntry" disable trigger all',
        'drop table "Account"',
        'truncate "Account" cascade',
        'truncate "DemoClock"',
        'update "AuditEntry" set action = action',
        'delete from "AuditEntry"',
        'delete from "Release"',
        'delete from "Attachment"',
        'truncate "AuditEntry"',
        'update "AuditSeal" set hash = hash',
        'delete from "AuditSealEntry"',
        'delete from _prisma_migrations',
        'set role packline',
        `alter role ${role} bypassrls`,
        `copy "Account" to program 'cat'`,
        `select keep_all_accounts('{}')`,
      ].map((statement) => [role, statement] as const),
    ),
  )('as %s may not: %s', async (role, statement) => {
    expect(await refusalOf(role, statement)).toMatch(/permission denied|must be owner|Only roles with/)
  })

  test('can do nothing at all before it has taken a role', async () => {
    expect(await refusalOf('packline_app', 'select from "Role"')).toMatch(/permission denied/)
  })
})
