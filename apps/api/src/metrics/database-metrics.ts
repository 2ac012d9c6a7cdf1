import type { Database } from '@packline/database/client.ts'
import { Gauge, type Registry } from '@prometheus-io/client'
import { countedAtMost, countQueues, estimateDeliveries, type QueueDepths } from './queue-depths.ts'

/** Whoever asks more often than this is told the same again. */
const freshMillis = 5_000
/** Measurements of the process are wanted most when the database does not answer. */
const patienceMillis = 3_000

type Reading = { depths: QueueDepths; deliveries: Awaited<ReturnType<typeof estimateDeliveries>> }

/** What waits in the database. While it does not answer these gauges are absent, and `packline_database_up` is 0. */
export function databaseMetrics(registry: Registry, db: Database) {
  const read = cached(async (): Promise<Reading> => {
    const [depths, deliveries] = [await countQueues(db), await estimateDeliveries(db)]
    return { depths, deliveries }
  })
  const upTo = `; ${countedAtMost} means so many or more`
  const gauges: [name: string, help: string, value: (depths: QueueDepths) => number][] = [
    ['packline_releases_due', `Releases that are due and not out everywhere${upTo}.`, (d) => d.dueReleases],
    [
      'packline_oldest_due_release_seconds',
      'For how long the oldest of them is due.',
      (d) => d.oldestDueSeconds,
    ],
    ['packline_releases_in_progress', 'Releases whose fan-out goes on.', (d) => d.releasesInProgress],
    ['packline_releases_failed', 'Releases given up until somebody tries again.', (d) => d.failedReleases],
    ['packline_sharing_catch_ups', 'Packs that are shared again and brought up to date.', (d) => d.catchUps],
    ['packline_events_waiting', `Events not told yet${upTo}.`, (d) => d.events],
    ['packline_mails_waiting', `Mails not sent yet${upTo}.`, (d) => d.mails],
    ['packline_webhook_deliveries_waiting', `Webhook deliveries not sent yet${upTo}.`, (d) => d.webhooks],
    ['packline_audit_entries_unsealed', `Audit entries no seal covers yet${upTo}.`, (d) => d.unsealed],
    [
      'packline_transactions_held_back',
      'How many transactions have begun since the oldest that is still open: what they leave behind cannot be cleaned up.',
      (d) => d.heldTransactions,
    ],
  ]
  const registers = [registry]
  for (const [name, help, value] of gauges) {
    const gauge = new Gauge({
      name,
      help,
      registers,
      collect: async () => {
        const reading = await read()
        gauge.remove()
        if (reading) gauge.set(value(reading.depths))
      },
    })
  }
  const deliveries = new Gauge({
    name: 'packline_deliveries',
    help: 'Deliveries to Atoms by state; an estimate once there are many thousands.',
    labelNames: ['state'],
    registers,
    collect: async () => {
      const reading = await read()
      deliveries.reset()
      for (const { state, count } of reading?.deliveries ?? []) deliveries.set({ state }, count)
    },
  })
  const up = new Gauge({
    name: 'packline_database_up',
    help: '1 while the database answers within three seconds, else 0.',
    registers,
    collect: async () => {
      up.set((await read()) ? 1 : 0)
    },
  })
}

/** One question for everybody who asks within a while; undefined when it failed or takes too long. */
function cached<Value>(load: () => Promise<Value>): () => Promise<Value | undefined> {
  let last: { value: Promise<Value | undefined>; until: number } | undefined
  return () => {
    if (last && performance.now() < last.until) return last.value
    const loading = load().catch(() => undefined)
    const value = Promise.race([loading, afterPatience()])
    last = { value, until: performance.now() + freshMillis }
    return value
  }
}

const afterPatience = () =>
  new Promise<undefined>((resolve) => {
    setTimeout(resolve, patienceMillis, undefined).unref()
  })
