import { randomBytes } from 'node:crypto'
import type { WebhookEvent } from '@packline/domain/webhooks/webhook-event.ts'
import type { Tx } from '../client.ts'
import { publisherId } from './demo-accounts.ts'
import { actorNamed } from './demo-actors.ts'
import type { AuditedEvent } from './demo-audit.ts'
import { type DemoCalendar, toDate } from './demo-calendar.ts'
import { demoId } from './demo-id.ts'

const id = demoId('webhook', publisherId)
const events: WebhookEvent[] = ['release.released', 'release.late', 'release.failed']
const webhook = {
  url: 'https://hooks.orchard.example/releases',
  description: 'Release channel of the chat',
  events,
}
const author = actorNamed('Adam')
const madeAt = (calendar: DemoCalendar) => calendar.daysAgo(20, '15:00')
const pausedAt = (calendar: DemoCalendar) => calendar.daysAgo(20, '15:05')

/** One webhook to look at. Paused: the address is nobody's, and the demo calls nobody by itself. */
export async function writeWebhooks(tx: Tx, calendar: DemoCalendar) {
  await tx.webhook.create({
    data: {
      id,
      accountId: publisherId,
      ...webhook,
      secret: `whsec_${randomBytes(32).toString('base64')}`,
      paused: 'PERSON',
      pausedAt: toDate(pausedAt(calendar)),
      version: 2,
      createdAt: toDate(madeAt(calendar)),
      createdByName: author.name,
      changedAt: toDate(pausedAt(calendar)),
      changedByName: author.name,
    },
  })
}

export const webhookEvents = (calendar: DemoCalendar): AuditedEvent[] => [
  {
    at: madeAt(calendar),
    accountId: publisherId,
    author,
    action: 'webhook ADD',
    objectType: 'webhook',
    objectId: id,
    after: webhook,
  },
  {
    at: pausedAt(calendar),
    accountId: publisherId,
    author,
    action: 'webhook PAUSE',
    objectType: 'webhook',
    objectId: id,
    before: { paused: null },
  },
]
