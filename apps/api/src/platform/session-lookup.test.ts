import { expect, test } from 'vitest'
import { createAccount, signInAs } from '../test/people.ts'
import { createTestApp } from '../test/test-app.ts'
import { sessionLookup } from './session-lookup.ts'

const app = await createTestApp()
const { db } = app

/** Somebody asks; says when they were last seen by then, and whether the transaction waits for the disk. */
async function askWith(cookie: string) {
  return db.$transaction(async (tx) => {
    const session = await sessionLookup(tx)(cookie.slice(cookie.indexOf('=') + 1))
    if (!session) throw new Error('There is no such session')
    const { lastSeenAt } = await tx.session.findUniqueOrThrow({ where: { id: session.id } })
    const commits = await tx.$queryRaw`show synchronous_commit`
    return { seenAgoMillis: Date.now() - lastSeenAt.getTime(), commits }
  })
}

test('who was not seen for a minute is noted as seen, and nobody waits for the disk for that', async () => {
  const { cookie, userId } = await signInAs(app, { accountId: await createAccount(app) })
  const before = await db.session.findFirstOrThrow({ where: { userId } })
  expect((await askWith(cookie)).commits).toEqual([{ synchronous_commit: 'on' }])

  const hourAgo = new Date(before.lastSeenAt.getTime() - 3_600_000)
  await db.session.update({ where: { id: before.id }, data: { lastSeenAt: hourAgo } })
  const asked = await askWith(cookie)
  expect(asked.commits).toEqual([{ synchronous_commit: 'off' }])
  expect(asked.seenAgoMillis).toBeLessThan(1_800_000)
})
