import type { Tx } from '@packline/database/client.ts'
import type { Listener, Signals } from './signals.ts'

const channel = 'packline_webhooks'

/** Wakes the jobs that send deliveries, once this transaction is committed. */
export async function notifyWebhookJob(tx: Tx) {
  await tx.$executeRaw`select pg_notify(${channel}, '')`
}

export const listenForDeliveries = (signals: Signals, onSignal: () => void): Listener =>
  signals.listen({ channels: [channel], onSignal })
