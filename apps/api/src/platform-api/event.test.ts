import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createPlace } from '../test/consumer-scene.ts'
import { createAccount } from '../test/people.ts'
import { createScript } from '../test/platform-api/platform-caller.ts'
import { createTestApp } from '../test/test-app.ts'

const app = await createTestApp()
const { db } = app

test('an event says in which environment and at which Atom it happened, and can be found by them', async () => {
  const accountId = await createAccount(app)
  const { send } = await createScript(app, { accountId })
  const place = await createPlace(app, accountId, { name: 'Live', type: 'ATOM' })
  const [atom] = place.atoms
  const data = { environmentId: place.id, environmentName: 'Live', cause: 'The disk is full.' }
  const at = new Date('2026-11-20T09:00:00Z')
  const failed = { accountId, at, type: 'delivery.failed' }
  await db.event.createMany({
    data: [
      { ...failed, key: randomUUID(), data: { ...data, atomId: atom?.id, atomName: atom?.name } },
      { ...failed, key: randomUUID(), type: 'release.released' },
    ],
  })

  const ask = async (property: string, value: string) => {
    const expression = { operator: 'EQUALS', property, argument: [value] }
    const answer = await send('POST', '/Event/query', { body: { QueryFilter: { expression } } })
    return answer.json<{ result?: Record<string, unknown>[] }>().result ?? []
  }
  const [event, ...others] = await ask('environment', 'Live')
  expect(others).toEqual([])
  expect(event).toMatchObject({
    eventType: 'delivery.failed',
    eventLevel: 'ERROR',
    atomId: atom?.id,
    atomName: atom?.name,
    environment: 'Live',
    classification: 'PROD',
    error: 'The disk is full.',
  })
  expect(await ask('atomId', atom?.id ?? '')).toHaveLength(1)
  const [release] = await ask('eventType', 'release.released')
  expect(release).toMatchObject({ atomId: '', environment: '', classification: '' })
})
