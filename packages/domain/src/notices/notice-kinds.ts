import type { EventType } from './event-type.ts'

/** What each kind of notice is called where one chooses which come by mail. */
export const noticeKindTable: Record<EventType, string> = {
  'release.scheduled': 'A release is scheduled',
  'release.changed': 'A scheduled release gets another date or other versions',
  'release.cancelled': 'A scheduled release is cancelled',
  'release.reminder': 'A release goes out within a day',
  'release.released': 'A release went out, or an update was applied on its date',
  'release.late': 'A release is late',
  'release.failed': 'A release failed',
  'update.applied': 'Somebody applied a pending update by hand',
  'update.failed': 'A pending update could not be applied',
  'delivery.failed': 'An update did not reach an Atom',
  'webhook.paused': 'A webhook was paused because its calls failed',
}
