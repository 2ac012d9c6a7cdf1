/** What happens that people, mails and webhooks are told of. */
export const eventTypes = [
  'release.scheduled',
  'release.changed',
  'release.cancelled',
  'release.reminder',
  'release.released',
  'release.late',
  'release.failed',
  'update.applied',
  'update.failed',
  'delivery.failed',
  'webhook.paused',
] as const

export type EventType = (typeof eventTypes)[number]

/** Those about a release, which happen in its publisher's account; the others happen in whichever account is told. */
export type ReleaseEventType = Extract<EventType, `release.${string}`>
