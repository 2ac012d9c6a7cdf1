import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { sealEntries } from './features/audit-log/seal-entries.ts'
import { createAccount, signInAs } from './test/people.ts'
import { createTestApp } from './test/test-app.ts'

const app = await createTestApp()
const accountId = await createAccount(app)
const run = promisify(execFile)
const failure = z.object({ code: z.number(), stdout: z.string(), stderr: z.string() })

async function verify(...args: string[]) {
  const command = [join(import.meta.dirname, 'audit-verify.ts'), '--', ...args]
  const env = { ...process.env, DATABASE_URL: app.url, DEMO: 'false' }
  return run(process.execPath, command, { env }).then(
    ({ stdout }) => ({ code: 0, output: stdout }),
    (error: unknown) => {
      const { code, stdout, stderr } = failure.parse(error)
      return { code, output: stdout + stderr }
    },
  )
}

test('says what was checked and prints the newest seals, which a later check can be held against', async () => {
  const person = await signInAs(app, { accountId })
  await person.call('PATCH', '/user', { body: { firstName: 'Ada' } })
  await sealEntries(app.db)
  await person.call('PATCH', '/user', { body: { firstName: 'Bea' } })
  const first = await verify()
  expect(first.code, first.output).toBe(0)
  expect(first.output).toContain('1 entries in 1 seals of 1 accounts; 1 entries are not sealed yet.')
  expect(first.output).toMatch(new RegExp(`^${accountId} 1 [0-9a-f]{64}$`, 'm'))

  const kept = join(tmpdir(), `seals-${accountId}`)
  await writeFile(kept, first.output)
  await sealEntries(app.db)
  expect((await verify('--against', kept)).code).toBe(0)
  await writeFile(kept, `${accountId} 1 ${'0'.repeat(64)}\n`)
  const other = await verify('--against', kept)
  expect(other.code).toBe(1)
  expect(other.output).toContain(
    `account ${accountId}, seal 1: a seal that was kept elsewhere is not the one`,
  )
  await writeFile(kept, 'nothing\n')
  expect(await verify('--against', kept)).toMatchObject({ code: 1, output: expect.stringContaining(kept) })
})

test('ends with 1 and names account, seal and entry', async () => {
  const { id } = await app.db.auditEntry.findFirstOrThrow({ orderBy: { at: 'asc' } })
  await app.db.$transaction([
    app.db.$executeRawUnsafe('set local session_replication_role = replica'),
    app.db.$executeRawUnsafe(`update "AuditEntry" set "actorName" = 'Eve' where id = '${id}'`),
  ])
  const { code, output } = await verify()
  expect(code).toBe(1)
  expect(output).toContain('The audit log is NOT what was sealed')
  expect(output).toContain(
    `account ${accountId}, seal 1, entry ${id}: an entry is not the one that was sealed`,
  )
})

test('a database that is not there, or an argument that is none, ends with 1 and a sentence', async () => {
  const nowhere = join(tmpdir(), 'no-packline-here')
  const { DATABASE_URL: _, ...env } = process.env
  const command = [join(import.meta.dirname, 'audit-verify.ts')]
  await expect(run(process.execPath, command, { env: { ...env, DATA_DIR: nowhere } })).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`The database in ${nowhere} cannot be opened`),
  })
  expect(await verify('--all')).toMatchObject({ code: 1, output: expect.stringContaining('--all') })
})
