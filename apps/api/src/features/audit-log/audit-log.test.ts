import type { AuditEntryView } from '@packline/contract/audit-log.ts'
import { describe, expect, test } from 'vitest'
import { createAuditScene } from '../../test/audit-scene.ts'
import { createAccount, signInAs } from '../../test/people.ts'
import { sealEntries } from './seal-entries.ts'

const { app, db, reader, list, insert } = await createAuditScene()

describe('the audit log', () => {
  test('tells who did what to what, in words, newest first', async () => {
    const person = await reader()
    const body = { name: 'Orders', type: 'process' }
    const { id } = (await person.call('POST', '/components', { body })).json<{ id: string }>()
    await person.call('PATCH', `/components/${id}`, { body: { name: 'Orders to ERP' } })
    const { rows } = await list(person)
    expect(rows).toMatchObject([
      {
        action: 'as.component UPDATE',
        words: 'edited a component',
        actorName: 'Test Person',
        actorId: person.userId,
        actorKind: 'USER',
        source: 'UI',
        object: { type: 'component', id, name: 'Orders to ERP', isThere: true },
      },
      { action: 'as.component ADD', words: 'created a component' },
    ])
  })

  test('tells everything of one entry: before and after, request, and its seal once there is one', async () => {
    const person = await reader()
    const response = await person.call('PATCH', '/user', { body: { firstName: 'Ada' } })
    expect(response.statusCode).toBe(200)
    const id = (await list(person)).rows[0]?.id ?? ''
    const read = async (): Promise<AuditEntryView> => (await person.call('GET', `/audit-log/${id}`)).json()
    const entry = await read()
    expect(entry).toMatchObject({
      accountId: person.accountId,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      before: { firstName: 'Test' },
      after: { firstName: 'Ada' },
      object: { type: 'user', name: 'Ada Person' },
      seal: null,
    })
    await sealEntries(db)
    expect((await read()).seal).toMatchObject({ sequence: 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
  })

  test('names the token through which somebody acted', async () => {
    const person = await reader()
    const body = { name: 'Nightly', lifetimeDays: 7, scopes: null }
    const { token } = (await person.call('POST', '/user/tokens', { body })).json<{ token: string }>()
    const response = await app.app.inject({
      method: 'POST',
      url: '/api/v1/components',
      headers: { authorization: `Bearer ${token}` },
      payload: { name: 'By a script', type: 'process' },
    })
    expect(response.statusCode, response.body).toBe(201)
    expect((await list(person)).rows[0]).toMatchObject({
      actorKind: 'TOKEN',
      actorName: 'Test Person',
      tokenName: 'Nightly',
      source: 'API',
    })
  })

  test('of a thing that is gone keeps the name it had', async () => {
    const person = await reader()
    const body = { name: 'East', classification: 'PRODUCTION' }
    const { id } = (await person.call('POST', '/environments', { body })).json<{ id: string }>()
    await person.call('DELETE', `/environments/${id}`)
    const [deleted] = (await list(person)).rows
    expect(deleted).toMatchObject({
      action: 'as.environment DELETE',
      object: { name: 'East', isThere: false },
    })
  })

  test('of another account is nobody’s business: no entry, no actor, no name of a thing', async () => {
    const person = await reader()
    const stranger = await reader()
    const body = { name: 'Secret', type: 'process' }
    const { id } = (await person.call('POST', '/components', { body })).json<{ id: string }>()
    const [entry] = (await list(person)).rows
    expect((await list(stranger)).rows).toEqual([])
    const foreign = await stranger.call('GET', `/audit-log/${entry?.id}`)
    const unknown = await stranger.call('GET', '/audit-log/00000000-0000-4000-8000-000000000000')
    expect(foreign.statusCode).toBe(404)
    expect({ ...foreign.json<object>(), requestId: '' }).toEqual({ ...unknown.json<object>(), requestId: '' })
    expect((await stranger.call('GET', '/audit-log/actors')).json()).toEqual([])
    expect((await list(stranger, { objectId: id })).rows).toEqual([])
    // An entry that names a thing of another account tells its id, which it had before, and nothing more.
    await insert(stranger.accountId, { objectId: id })
    expect((await list(stranger)).rows[0]?.object).toMatchObject({ id, name: null, isThere: false })
  })

  test('is read with View Audit Logs only', async () => {
    const accountId = await createAccount(app)
    const person = await signInAs(app, { accountId, role: 'standard-user' })
    for (const path of ['/audit-log', '/audit-log.csv', '/audit-log/actors']) {
      const response = await person.call('GET', path)
      expect(response.statusCode).toBe(403)
      expect(response.json()).toMatchObject({
        message:
          'Reading the audit log needs the privilege View Audit Logs. Ask an administrator of this account.',
      })
    }
  })
})
