import { expect, onTestFinished, test } from 'vitest'
import type { ChangeHint } from '@packline/contract/changes.ts'
import { createTestApp } from '../test/test-app.ts'
import { createChangeFeed } from './change-feed.ts'

const { deps } = await createTestApp()

test('whoever came before anybody listened may have missed something, and is told so', async () => {
  const feed = createChangeFeed({
    signals: deps.signals,
    findAudience: async () => [],
    listStanding: async () => [],
    onFault: () => undefined,
  })
  onTestFinished(feed.close)
  const heard: ChangeHint[] = []
  feed.join({
    caller: { id: 'session', accountId: 'account' },
    userId: 'user',
    tell: (hints) => heard.push(...hints),
    end: () => undefined,
  })
  await expect.poll(() => heard).toEqual([{ kind: 'everything', id: null }])
})
