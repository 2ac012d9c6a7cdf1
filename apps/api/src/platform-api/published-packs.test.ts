import { expect, test } from 'vitest'
import { createPack, createPair } from '../test/platform-api/contract-scene.ts'
import { createTestApp } from '../test/test-app.ts'
import { watchStatements } from '../test/watched-statements.ts'

const app = await createTestApp()

test('a page of packs takes as many statements as a page of one', async () => {
  const pair = await createPair(app)
  const query = async () => {
    const { watched, stop } = watchStatements()
    const answer = await pair.publisher.send('POST', '/PublisherIntegrationPack/query')
    stop()
    return { count: watched.count, packs: answer.json<{ result: { id: string }[] }>().result }
  }
  const first = await createPack(app, pair)
  const one = await query()
  expect(one.packs).toMatchObject([{ id: first.id }])

  const more = await Promise.all(Array.from({ length: 5 }, () => createPack(app, pair)))
  const several = await query()
  expect(several.count).toBe(one.count)
  for (const { id, component } of [first, ...more]) {
    expect(several.packs.find((pack) => pack.id === id)).toMatchObject({
      PublisherPackagedComponents: {
        PublisherPackagedComponent: [{ componentId: component.id, pendingVersion: '1.0' }],
      },
    })
  }
})
