import { createHash } from 'node:crypto'
import { connectDatabase } from '@packline/database/client.ts'
import { afterAll, describe, expect, test } from 'vitest'
import { act, sealedLog } from '../../test/sealed-log.ts'
import { createTestApp } from '../../test/test-app.ts'
import { sealEntries } from './seal-entries.ts'
import { verifySeals } from './verify-seals.ts'

describe('sealing', () => {
  test('covers everything once, a chain for each account, and finds it whole', async () => {
    const db = await sealedLog()
    expect(await verifySeals(db)).toMatchObject({ breaks: [], entries: 15, seals: 5, unsealed: 3 })
    const { heads } = await verifySeals(db)
    expect(heads.map(({ accountId, sequence }) => [accountId, sequence])).toEqual([
      ['bluebird', 3],
      ['orchard', 2],
    ])
    expect(await sealEntries(db)).toEqual({ kind: 'sealed', entries: 3, isMoreLeft: false })
    expect(await sealEntries(db)).toEqual({ kind: 'sealed', entries: 0, isMoreLeft: false })
    expect(await verifySeals(db)).toMatchObject({ breaks: [], entries: 18, seals: 6, unsealed: 0 })
  })

  test('hashes can be worked out from the entries alone, as the documentation says', async () => {
    const { db } = await createTestApp()
    await act(db, 'orchard', 7)
    await sealEntries(db)
    const [entry] = await db.auditEntry.findMany()
    const canonical =
      `["${entry?.id}", "orchard", "2026-11-20T08:07:00.000Z", "USER", "00000000-0000-4000-8000-000000000001", "Ada", null, "UI", "request", ` +
      '"as.component UPDATE", "component", "object 7", {"name": "Orders", "size": 1.5}, ' +
      '{"name": "Ördérs \\"2\\"", "size": null}]'
    const entryHash = createHash('sha256').update(canonical).digest()
    const [seal] = await db.auditSeal.findMany()
    const said = `["orchard", 1, 1, "${seal?.sealedAt.toISOString()}"]`
    const hash = createHash('sha256').update(Buffer.alloc(32)).update(said).update(entryHash).digest('hex')
    expect(Buffer.from(seal?.hash ?? []).toString('hex')).toBe(hash)
  })

  test('passes over nothing that commits late, however early its time', async () => {
    const { db, url } = await createTestApp()
    const late = connectDatabase({
      url,
      connections: 1,
      name: 'late',
      statementTimeoutSeconds: 10,
      actsFor: 'owner',
    })
    afterAll(() => late.$disconnect())
    await late.$transaction(async (tx) => {
      await act(tx, 'orchard', -60)
      await act(db, 'orchard', 1)
      // Nobody waits for the transaction that is still open.
      expect(await sealEntries(db)).toMatchObject({ entries: 1 })
    })
    expect(await sealEntries(db)).toMatchObject({ entries: 1 })
    expect(await verifySeals(db)).toMatchObject({ breaks: [], entries: 2, seals: 2, unsealed: 0 })
  })

  test('an act that is rolled back leaves nothing to seal', async () => {
    const { db } = await createTestApp()
    const undone = db.$transaction(async (tx) => {
      await act(tx, 'orchard')
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await sealEntries(db)).toMatchObject({ entries: 0 })
    expect(await verifySeals(db)).toMatchObject({ breaks: [], entries: 0, unsealed: 0 })
  })

  test('of several instances one seals at a time, and acts go on meanwhile', async () => {
    const { db } = await createTestApp()
    await Promise.all(Array.from({ length: 60 }, (_, index) => act(db, `account-${index % 3}`, index)))
    let isActing = true
    const acting = (async () => {
      for (let minute = 100; isActing; minute++) await act(db, 'account-1', minute)
    })()
    let sealed = 0
    while (sealed < 60) {
      const outcomes = await Promise.all([1, 2, 3].map(() => sealEntries(db, 7)))
      for (const outcome of outcomes) if (outcome.kind === 'sealed') sealed += outcome.entries
    }
    isActing = false
    await acting
    await sealEntries(db)
    expect(await verifySeals(db)).toMatchObject({ breaks: [], unsealed: 0 })
    expect(await db.auditSealEntry.count()).toBe(await db.auditEntry.count())
  })

  test('entries, seals and places in seals cannot be changed or removed', async () => {
    const db = await sealedLog()
    for (const statement of [
      `update "AuditEntry" set "actorName" = 'Eve'`,
      `delete from "AuditEntry"`,
      `truncate "AuditEntry"`,
      `update "AuditSeal" set "sealedAt" = now()`,
      `delete from "AuditSeal"`,
      `truncate "AuditSeal"`,
      `update "AuditSealEntry" set position = position + 1`,
      `delete from "AuditSealEntry"`,
      `truncate "AuditSealEntry"`,
    ]) {
      await expect(db.$executeRawUnsafe(statement), statement).rejects.toThrow('rows cannot be changed')
    }
  })
})
