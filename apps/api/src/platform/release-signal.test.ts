import { expect, onTestFinished, test } from 'vitest'
import { createTestApp } from '../test/test-app.ts'
import { listenForReleases, notifyReleaseJob } from './release-signal.ts'
import { createSignals } from './signals.ts'

const { db, url } = await createTestApp()

test('the release job is woken by every change, and once it listens again: what fell due meanwhile waits no longer', async () => {
  const signals = createSignals(url)
  onTestFinished(() => signals.close())
  let woken = 0
  listenForReleases(signals, () => (woken += 1))
  await expect.poll(() => woken).toBe(1)

  await db.$transaction(notifyReleaseJob)
  await expect.poll(() => woken).toBe(2)

  await db.$queryRaw`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'packline signals'`
  await expect.poll(() => woken, { timeout: 5_000 }).toBe(3)
})
