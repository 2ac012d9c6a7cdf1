import type { EventType } from '../notices/event-type.ts'

/** What a webhook can ask for, with what it means: what happens, but no reminders. */
export const webhookEventTable = {
  'release.scheduled': 'a release was scheduled for a date',
  'release.changed': 'a scheduled release has another date or other versions',
  'release.cancelled': 'a scheduled release was withdrawn',
  'release.released': 'a release is out',
  'release.late': 'a release went out after its window',
  'release.failed': 'a release ended in an error and waits for somebody',
  'update.applied': 'an environment of this account runs another release',
  'update.failed': 'a pending update could not be applied',
  'delivery.failed': 'an Atom could not fetch or activate a release',
} as const satisfies Partial<Record<EventType, string>>

export type WebhookEvent = keyof typeof webhookEventTable

export const webhookEvents = Object.keys(webhookEventTable) as readonly WebhookEvent[] // the record's own keys

/** Stored by name; a name that the table does not have asks for nothing. */
export const isWebhookEvent = (name: string): name is WebhookEvent => Object.hasOwn(webhookEventTable, name)
