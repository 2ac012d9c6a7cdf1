import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { sealedLog } from '../../test/sealed-log.ts'
import type { TestApp } from '../../test/test-app.ts'
import { sealEntries } from './seal-entries.ts'
import { verifySeals } from './verify-seals.ts'

const forged = async (db: TestApp['db'], ...statements: string[]) => {
  // What somebody may do who rules the database: no trigger stands in their way.
  await db.$transaction(async (tx) => {
    await tx.$executeRawUnsafe(`set local session_replication_role = replica`)
    for (const statement of statements) await tx.$executeRawUnsafe(statement)
  })
}
const breaksAfter = async (db: TestApp['db'], ...statements: string[]) => {
  await forged(db, ...statements)
  return (await verifySeals(db)).breaks
}

const idRow = z.tuple([z.object({ id: z.uuid() })])
/** A sealed entry in the middle of Orchard's second seal. */
const victim = async (db: TestApp['db']) => {
  const rows = await db.$queryRaw`
    select "entryId" as id from "AuditSealEntry" where "accountId" = 'orchard' and sequence = 2 and position = 2`
  return idRow.parse(rows)[0].id
}

describe('whoever rules the database is found out', () => {
  test('when an entry was changed', async () => {
    const db = await sealedLog()
    const entryId = await victim(db)
    expect(await breaksAfter(db, `update "AuditEntry" set after = '{}' where id = '${entryId}'`)).toEqual([
      { kind: 'entry-changed', accountId: 'orchard', sequence: 2, entryId },
    ])
  })

  test('when each of its columns was changed', async () => {
    const db = await sealedLog()
    const id = await victim(db)
    for (const change of [
      `at = at + interval '1 millisecond'`,
      `"actorKind" = 'SCHEDULER'`,
      `"actorId" = gen_random_uuid()`,
      `"actorName" = 'Eve'`,
      `"tokenId" = gen_random_uuid()`,
      `source = 'API'`,
      `"requestId" = null`,
      `action = 'as.component DELETE'`,
      `"objectType" = 'release'`,
      `"objectId" = 'other'`,
      `before = null`,
      `after = jsonb_set(after, '{size}', '0')`,
    ]) {
      const [kept] = await db.auditEntry.findMany({ where: { id } })
      const found = await breaksAfter(db, `update "AuditEntry" set ${change} where id = '${id}'`)
      expect(found, change).toMatchObject([{ kind: 'entry-changed', entryId: id }])
      const { before, after, ...rest } = kept ?? {}
      await forged(db, `delete from "AuditEntry" where id = '${id}'`)
      await forgedInsert(db, { ...rest, before, after })
      expect((await verifySeals(db)).breaks).toEqual([])
    }
  })

  test('when an entry was changed and its kept hash with it', async () => {
    const db = await sealedLog()
    const id = await victim(db)
    expect(
      await breaksAfter(
        db,
        `update "AuditSealEntry" set hash = sha256('forged') where "entryId" = '${id}'`,
        `update "AuditSeal" set hash = sha256('forged') where "accountId" = 'orchard' and sequence = 2`,
      ),
    ).toMatchObject([{ accountId: 'orchard', sequence: 2, kind: 'entry-changed' }])
  })

  test('when an entry was removed, sealed or not', async () => {
    const db = await sealedLog()
    const entryId = await victim(db)
    expect(await breaksAfter(db, `delete from "AuditEntry" where id = '${entryId}'`)).toEqual([
      { kind: 'entry-removed', accountId: 'orchard', sequence: 2, entryId },
    ])
    const waiting = await sealedLog()
    const [one] = idRow.parse(await waiting.$queryRaw`select "entryId" as id from "AuditUnsealed" limit 1`)
    expect(await breaksAfter(waiting, `delete from "AuditEntry" where id = '${one.id}'`)).toEqual([
      { kind: 'removed-unsealed', accountId: 'orchard', sequence: null, entryId: one.id },
    ])
    await sealEntries(waiting)
    expect((await verifySeals(waiting)).breaks).toMatchObject([{ kind: 'removed-unsealed' }])
  })

  test('when an entry was removed with its place in the seal', async () => {
    const db = await sealedLog()
    const id = await victim(db)
    expect(
      await breaksAfter(
        db,
        `delete from "AuditEntry" where id = '${id}'`,
        `delete from "AuditSealEntry" where "entryId" = '${id}'`,
      ),
    ).toEqual([{ kind: 'seal-changed', accountId: 'orchard', sequence: 2, entryId: null }])
  })

  test('when an entry was inserted, with or without a place in a seal', async () => {
    const db = await sealedLog()
    const [kept] = await db.auditEntry.findMany({ where: { id: await victim(db) } })
    const id = '00000000-0000-4000-8000-00000000beef'
    await forgedInsert(db, { ...kept, id })
    expect((await verifySeals(db)).breaks).toEqual([
      { kind: 'entry-unannounced', accountId: 'orchard', sequence: null, entryId: id },
    ])
    const place = `insert into "AuditSealEntry" values ('${id}', 'orchard', 2, 4, sha256('forged'))`
    expect(await breaksAfter(db, place)).toMatchObject([{ kind: 'entry-changed', sequence: 2, entryId: id }])
  })

  test('when entries were put into another order or another account', async () => {
    const db = await sealedLog()
    const swap = `update "AuditSealEntry" set position = case position when 1 then 103 else 101 end
      where "accountId" = 'orchard' and sequence = 1 and position in (1, 3)`
    const back = `update "AuditSealEntry" set position = position - 100 where position > 100`
    expect(await breaksAfter(db, swap, back)).toEqual([
      { kind: 'seal-changed', accountId: 'orchard', sequence: 1, entryId: null },
    ])
    const moved = await sealedLog()
    const id = await victim(moved)
    expect(
      await breaksAfter(moved, `update "AuditEntry" set "accountId" = 'bluebird' where id = '${id}'`),
    ).toEqual([{ kind: 'entry-removed', accountId: 'orchard', sequence: 2, entryId: id }])
  })

  test('when a seal was removed, from the middle or the end, with its places or without', async () => {
    const middle = await sealedLog()
    const ofFirst = `"accountId" = 'orchard' and sequence = 1`
    expect(await breaksAfter(middle, `delete from "AuditSeal" where ${ofFirst}`)).toMatchObject([
      { kind: 'seal-missing', accountId: 'orchard', sequence: 1 },
      { kind: 'placed-nowhere', accountId: 'orchard', sequence: 1 },
    ])
    const ofLast = `"accountId" = 'orchard' and sequence = 2`
    const end = await sealedLog()
    expect(await breaksAfter(end, `delete from "AuditSeal" where ${ofLast}`)).toMatchObject([
      { kind: 'placed-nowhere', accountId: 'orchard', sequence: 2 },
    ])
    expect(await breaksAfter(end, `delete from "AuditSealEntry" where ${ofLast}`)).toMatchObject([
      { kind: 'entry-unannounced', accountId: 'orchard' },
    ])
  })

  test('when seals were put into another order', async () => {
    const db = await sealedLog()
    const swap = (table: string) => [
      `update "${table}" set sequence = sequence + 100 where "accountId" = 'bluebird' and sequence < 3`,
      `update "${table}" set sequence = 103 - sequence where "accountId" = 'bluebird' and sequence > 100`,
    ]
    expect(await breaksAfter(db, ...swap('AuditSeal'), ...swap('AuditSealEntry'))).toMatchObject([
      { kind: 'seal-replaced', accountId: 'bluebird', sequence: 1 },
    ])
  })

  test('when the whole end of the log is gone, by a seal that was kept elsewhere', async () => {
    const db = await sealedLog()
    const { heads } = await verifySeals(db)
    const last = `"accountId" = 'orchard' and sequence = 2`
    await forged(
      db,
      `delete from "AuditEntry" where id in (select "entryId" from "AuditSealEntry" where ${last})`,
      `delete from "AuditSealEntry" where ${last}`,
      `delete from "AuditSeal" where ${last}`,
    )
    expect((await verifySeals(db)).breaks).toEqual([])
    expect((await verifySeals(db, heads)).breaks).toEqual([
      { kind: 'kept-seal-differs', accountId: 'orchard', sequence: 2, entryId: null },
    ])
  })
})

/** Puts a row into the log past its trigger. */
async function forgedInsert(db: TestApp['db'], row: object) {
  await db.$transaction(async (tx) => {
    await tx.$executeRawUnsafe(`set local session_replication_role = replica`)
    await tx.$executeRaw`
      insert into "AuditEntry" select * from jsonb_populate_record(null::"AuditEntry", ${JSON.stringify(row)}::jsonb)`
  })
}
