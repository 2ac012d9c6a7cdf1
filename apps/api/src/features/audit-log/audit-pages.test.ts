import type { AuditPage } from '@packline/contract/audit-log.ts'
import { describe, expect, test } from 'vitest'
import { createAuditScene } from '../../test/audit-scene.ts'
import { lookedThrough } from './audit-matches.views.ts'

const { db, reader, list, insert } = await createAuditScene()
const actionsOf = ({ rows }: AuditPage) => rows.map(({ action }) => action)

describe('pages', () => {
  test('follow one another without a gap or a repetition, there and back, also among equal times', async () => {
    const person = await reader()
    await insert(person.accountId, { count: 7 })
    await db.$executeRaw`
      insert into "AuditEntry" (id, "accountId", at, "actorKind", "actorName", source, action, "objectType", "objectId")
      select gen_random_uuid(), ${person.accountId}, '2026-11-01T00:00:03Z', 'USER', 'Ada', 'UI', 'role ADD', 'role', 'x'
      from generate_series(1, 6)`
    const all = (await list(person)).rows.map(({ id }) => id)
    expect(all).toHaveLength(13)
    const pages: AuditPage[] = [await list(person, { pageSize: '4' })]
    for (let after = pages[0]?.next; after; after = pages.at(-1)?.next) {
      pages.push(await list(person, { pageSize: '4', after }))
    }
    expect(pages.flatMap(({ rows }) => rows.map(({ id }) => id))).toEqual(all)
    expect(pages[0]?.previous).toBeNull()
    const last = pages.at(-1)
    const before = await list(person, { pageSize: '4', before: last?.previous ?? '' })
    expect(before.rows).toEqual(pages.at(-2)?.rows)
    expect(before.next).toBe(pages.at(-2)?.next)
  })

  test('of a search say how far it has come, and go on from there', async () => {
    const person = await reader()
    const { accountId } = person
    await insert(accountId, { at: '2026-10-01T00:00:00Z', actorName: 'Needle' })
    await insert(accountId, { actorId: null, action: 'as.ipack UPDATE AUTOMATIC', count: lookedThrough })
    const first = await list(person, { search: 'needle' })
    expect(first).toMatchObject({ rows: [], searchedTo: '2026-11-01T00:00:01.000Z', previous: null })
    const second = await list(person, { search: 'needle', after: first.next ?? '' })
    expect(second.rows).toMatchObject([{ actorName: 'Needle' }])
    expect(second).toMatchObject({ next: null, searchedTo: null })
    // What has an index is found at once, however much lies before it.
    await insert(accountId, { at: '2026-10-02T00:00:00Z', action: 'role ADD', objectType: 'role' })
    expect(actionsOf(await list(person, { objectType: 'role' }))).toEqual(['role ADD'])

    const csv = await person.call('GET', '/audit-log.csv', { query: { search: 'needle' } })
    expect(csv.body.trim().split('\r\n')).toHaveLength(2)
  })
})

test('CSV has what is filtered, with formulas made harmless', async () => {
  const person = await reader()
  await insert(person.accountId, { count: 1_200 })
  await insert(person.accountId, {
    actorName: '=HYPERLINK("http://evil")',
    action: 'role ADD',
    objectType: 'role',
  })
  const all = await person.call('GET', '/audit-log.csv')
  expect(all.headers['content-type']).toContain('text/csv')
  expect(all.headers['content-disposition']).toContain(`audit log of ${person.accountId}.csv`)
  const lines = all.body.trim().split('\r\n')
  expect(lines).toHaveLength(1_202)
  expect(lines[0]).toContain('Time (UTC),Actor,By')
  const some = await person.call('GET', '/audit-log.csv', { query: { objectType: 'role' } })
  expect(some.body.trim().split('\r\n')).toHaveLength(2)
  expect(some.body).toContain(`"'=HYPERLINK(""http://evil"")",USER`)
  expect(some.body).toContain('added a role,role ADD')
})
