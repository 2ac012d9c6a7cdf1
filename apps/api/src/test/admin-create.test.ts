import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { demoTokens } from '@packline/database/demo/demo-people.ts'
import { afterAll, expect, test } from 'vitest'
import { NODE_COMPILE_CACHE, startPackline } from './processes.ts'
import { callerOf, createTestApp } from './test-app.ts'

const command = join(import.meta.dirname, '../admin-create.ts')
const server = await createTestApp({ demo: false })
const production = { NODE_ENV: 'production', DATABASE_URL: server.url }
const running = new Set<ChildProcess>()
afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
})

async function adminCreate(
  args: string[],
  { env = production, input = '' }: { env?: object; input?: string } = {},
) {
  const child = spawn(process.execPath, [command, ...args], {
    env: { PATH: process.env.PATH ?? '', NODE_COMPILE_CACHE, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  running.add(child)
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stdin.end(input)
  const [code] = (await once(child, 'close')) as [number | null]
  running.delete(child)
  return { code, output }
}

const signIn = (email: string, password: string) =>
  callerOf(server.app)('POST', '/session', { body: { email, password } })

test('the first administrator signs in with the printed password and finds everything switched on', async () => {
  const made = await adminCreate(['--email', 'ada@first.example', '--account', 'First Integrations'])
  expect(made.code, made.output).toBe(0)
  const password = /Password, shown only now: (\S+)/.exec(made.output)?.[1] ?? ''

  const response = await signIn('Ada@First.example', password)
  expect(response.statusCode).toBe(200)
  const session = response.json()
  expect(session.account).toMatchObject({ name: 'First Integrations' })
  expect(session.account.id).toMatch(/^first-/)
  expect(session.account.features).toContain('integration-pack-management')
  expect(session.privileges).toEqual(expect.arrayContaining(['account-administration', 'user-management']))
  expect(
    await server.db.accountGroup.findMany({ where: { primaryAccountId: session.account.id } }),
  ).toMatchObject([{ name: 'All Accounts', isDefault: true }])
  const entries = await server.db.auditEntry.findMany({ where: { actorName: 'pnpm admin:create' } })
  expect(entries.map(({ action }) => action).sort()).toEqual(['account ADD', 'user ADD'])
  expect(JSON.stringify(entries)).not.toContain(password)
})

test('a password can come from standard input and is judged like any other', async () => {
  const args = ['--', '--email', 'bea@second.example', '--account', 'Second']
  const common = await adminCreate(args, { input: 'Password123!\n' })
  expect(common).toMatchObject({ code: 1 })
  expect(common.output).toContain('among those that are tried first')
  expect(await server.db.user.count({ where: { email: 'bea@second.example' } })).toBe(0)

  const made = await adminCreate(args, { input: 'river stone lantern\n' })
  expect(made.code, made.output).toBe(0)
  expect(made.output).not.toContain('river')
  expect((await signIn('bea@second.example', 'river stone lantern')).statusCode).toBe(200)
})

test('who exists already is refused unless told, and keeps the password', async () => {
  const input = 'river stone lantern\n'
  await adminCreate(['--email', 'cora@third.example', '--account', 'Third'], { input })
  const again = await adminCreate(['--email', 'CORA@third.example', '--account', 'Fourth'], { input })
  expect(again).toMatchObject({ code: 1 })
  expect(again.output).toContain('Add --existing')
  expect(await server.db.account.count({ where: { name: 'Fourth' } })).toBe(0)

  const told = await adminCreate(['--email', 'CORA@third.example', '--account', 'Fourth', '--existing'])
  expect(told.code, told.output).toBe(0)
  expect(told.output).not.toContain('shown only now')
  const session = (await signIn('cora@third.example', 'river stone lantern')).json()
  expect(session.accounts.map(({ name }: { name: string }) => name)).toEqual(['Fourth', 'Third'])

  const namesake = await adminCreate(['--email', 'd@third.example', '--account', 'third', '--generate'])
  expect(namesake).toMatchObject({ code: 1 })
  expect(namesake.output).toContain('There is an account with this name')
}, 60_000)

test.each([
  [[], '--email is needed'],
  [['--email', 'nobody', '--account', 'X'], '--email must look like ada@example.com'],
  [['--email', 'a@b.example', '--account', ' '], '--account must not be empty'],
  [['--email', 'a@b.example', '--account', 'X', '--sudo'], "Unknown option '--sudo'"],
])('%j is refused with its own words', async (args, sentence) => {
  const refused = await adminCreate(args)
  expect(refused).toMatchObject({ code: 2 })
  expect(refused.output).toContain(sentence)
})

test('the embedded database of production is filled and then served without the demo', async () => {
  const DATA_DIR = await mkdtemp(join(tmpdir(), 'packline-admin-'))
  afterAll(() => rm(DATA_DIR, { recursive: true, force: true }))
  const env = { NODE_ENV: 'production', DEMO: 'false', DATA_DIR }
  const args = ['--email', 'ada@own.example', '--account', 'Own']
  const made = await adminCreate(args, { env, input: 'river stone lantern' })
  expect(made.code, made.output).toBe(0)

  const packline = startPackline(env)
  const address = await packline.ready
  expect(await (await fetch(`${address}/api/v1/about`)).json()).toMatchObject({ demo: null })
  for (const { token } of demoTokens) expect(packline.output.text).not.toContain(token)
  const inUse = await adminCreate(args, { env, input: 'river stone lantern' })
  expect(inUse).toMatchObject({ code: 1 })
  expect(inUse.output).toContain('Another Packline is already running')
  packline.child.kill('SIGTERM')
  await packline.exited
}, 60_000)
