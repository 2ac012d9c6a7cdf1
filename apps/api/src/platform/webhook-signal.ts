import type { Tx } from '@packline/database/client.ts'
import { type Listener, listenTo } from './listen.ts'

const channel = 'packline_webhooks'

/** Wakes the jobs that send deliveries, once this transaction is committed. */
export async function notifyWebhookJob(tx: Tx) {
  await tx.$executeRaw`select pg_notify(${channel}, '')`
}

export const listenForDeliveries = (url: string, onSignal: () => void): Listener =>
  listenTo(url, { channel, name: 'packline webhook signal', onSignal })
