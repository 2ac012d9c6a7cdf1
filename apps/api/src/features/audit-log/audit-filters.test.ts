import type { AuditActor } from '@packline/contract/audit-log.ts'
import { describe, expect, test } from 'vitest'
import { createAuditScene } from '../../test/audit-scene.ts'

const { reader, list, insert } = await createAuditScene()

describe('filters', () => {
  test('by actor, action, object, source and text, each alone and together', async () => {
    const person = await reader()
    const { accountId } = person
    const [ada, bob] = ['0000aaaa-0000-4000-8000-000000000001', '0000bbbb-0000-4000-8000-000000000002']
    await insert(accountId, { actorId: ada, action: 'as.component ADD', objectId: 'one' })
    await insert(accountId, {
      actorId: ada,
      action: 'as.ipack ADD',
      objectType: 'integration-pack',
      source: 'API',
    })
    await insert(accountId, { actorId: bob, actorName: 'Bob', action: 'role ADD', objectType: 'role' })
    await insert(accountId, {
      actorId: bob,
      actorName: 'Bob',
      action: 'as.ipack ADD',
      after: { name: '50% _off_ Ärger' },
    })
    const counts = async (query: Record<string, string>) => (await list(person, query)).rows.length
    expect(await counts({ actor: ada })).toBe(2)
    expect(await counts({ action: 'as.ipack ADD' })).toBe(2)
    expect(await counts({ objectType: 'integration-pack' })).toBe(1)
    expect(await counts({ objectId: 'one' })).toBe(1)
    expect(await counts({ source: 'API' })).toBe(1)
    expect(await counts({ search: 'bob' })).toBe(2)
    expect(await counts({ search: '50% _OFF_ äRG' })).toBe(1)
    expect(await counts({ search: '5_% ' })).toBe(0)
    expect(await counts({ search: 'added a role' })).toBe(1)
    expect(await counts({ actor: ada, action: 'as.ipack ADD', source: 'API', search: 'created' })).toBe(1)
    expect(await counts({ actor: bob, objectType: 'integration-pack' })).toBe(0)
  })

  test('the text finds what a thing is called, also where the entry does not say it', async () => {
    const person = await reader()
    const body = { name: 'Übersee Order to Cash', type: 'SINGLE', description: '' }
    const { id } = (await person.call('POST', '/integration-packs', { body })).json<{ id: string }>()
    await insert(person.accountId, {
      action: 'as.ipack.package ADD',
      objectType: 'integration-pack',
      objectId: id,
    })
    await insert(person.accountId, { action: 'as.ipack.package ADD', objectType: 'integration-pack' })
    expect((await list(person, { search: 'üBERSEE order TO cash' })).rows).toHaveLength(2)
  })

  test('by dates as the reader’s clock counts them', async () => {
    const person = await reader({ timeZone: 'Asia/Kathmandu' })
    const { accountId } = person
    // 23:59:59 of 9 November and 00:00:00 of 10 and 11 November in Kathmandu.
    for (const at of ['2026-11-09T18:14:58Z', '2026-11-09T18:14:59Z', '2026-11-10T18:14:59Z']) {
      await insert(accountId, { at })
    }
    const range = async (query: Record<string, string>) => (await list(person, query)).rows.length
    expect(await range({ from: '2026-11-10', to: '2026-11-10' })).toBe(1)
    expect(await range({ from: '2026-11-10' })).toBe(2)
    expect(await range({ to: '2026-11-10' })).toBe(2)
  })

  test.each([
    [{ from: '2026-02-30' }, 422, 'date-invalid', 'This is not a date. Write dates as YYYY-MM-DD.'],
    [
      { from: '2026-11-02', to: '2026-11-01' },
      422,
      'range-reversed',
      'The first date is after the last one. Swap them.',
    ],
    [{ action: 'as.everything' }, 422, 'action-unknown', expect.stringContaining('There is no such action')],
    [{ objectType: 'thing' }, 422, 'object-type-unknown', expect.stringContaining('no such type of object')],
    [{ source: 'ui' }, 400, 'request-invalid', expect.stringContaining('source')],
    [{ actor: 'ada' }, 400, 'request-invalid', expect.stringContaining('actor')],
    [{ after: 'x' }, 400, 'request-invalid', expect.stringContaining('is not a place in this log')],
  ])('%j is refused', async (query, status, code, message) => {
    const person = await reader()
    for (const path of status === 400 && 'after' in query
      ? ['/audit-log']
      : ['/audit-log', '/audit-log.csv']) {
      const response = await person.call('GET', path, { query })
      expect(response.statusCode).toBe(status)
      expect(response.json()).toMatchObject({ code, message })
    }
  })

  test('offer everybody who has done something, once, under the newest name', async () => {
    const person = await reader()
    const id = '0000aaaa-0000-4000-8000-000000000001'
    await insert(person.accountId, { actorId: id, actorName: 'Ada Old', count: 3 })
    await insert(person.accountId, { actorId: id, actorName: 'Ada New', at: '2026-11-02T00:00:00Z' })
    await insert(person.accountId, { actorId: null, actorName: 'Release schedule' })
    await person.call('PATCH', '/user', { body: { firstName: 'Zoe' } })
    const actors = (await person.call('GET', '/audit-log/actors')).json<AuditActor[]>()
    expect(actors).toEqual([
      { id, name: 'Ada New' },
      { id: person.userId, name: 'Test Person' },
    ])
  })
})
