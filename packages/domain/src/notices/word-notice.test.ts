import { describe, expect, test } from 'vitest'
import { eventTypes } from './event-type.ts'
import type { NoticeFacts } from './notice-facts.ts'
import { type NoticeDates, wordNotice } from './word-notice.ts'

const dates: NoticeDates = {
  day: (date) => `<${date}>`,
  window: ({ releaseOn, timeZone }) => `<${releaseOn} ${timeZone}>`,
  duration: (seconds) => `${seconds} s`,
}
const schedule = {
  releaseOn: '2027-03-01',
  timeZone: 'Europe/Berlin',
  window: { start: '2027-02-28T23:00:00Z', end: '2027-03-01T00:00:00Z' },
}
const facts: NoticeFacts = {
  type: 'release.scheduled',
  side: 'publisher',
  packName: 'Order to Cash',
  installationName: null,
  by: 'Rita Hall',
  schedule,
  before: null,
  change: null,
  notes: '',
  reason: null,
  cause: null,
  lateBySeconds: null,
  environmentNames: [],
  environmentCount: 0,
  versionNumber: null,
  atomName: null,
  webhookUrl: null,
}
const said = (some: Partial<NoticeFacts>) => {
  const { title, sentences } = wordNotice({ ...facts, ...some }, dates)
  return [title, ...sentences].join(' | ')
}

test.each([
  [
    {},
    'Release of Order to Cash scheduled | Rita Hall scheduled it. | It goes out on <2027-03-01 Europe/Berlin>.',
  ],
  [
    { type: 'release.changed', change: 'date', before: { releaseOn: '2027-02-28', timeZone: 'Asia/Tokyo' } },
    'Release of Order to Cash moved | Rita Hall moved it, not on <2027-02-28> Asia/Tokyo. | It goes out on <2027-03-01 Europe/Berlin>.',
  ],
  [
    { type: 'release.cancelled', reason: 'Not ready.' },
    'Release of Order to Cash cancelled | Rita Hall cancelled the release of <2027-03-01>. | Reason: Not ready.',
  ],
  [
    { type: 'release.late', lateBySeconds: 90 },
    'Release of Order to Cash is late | It was current everywhere 90 s after its window.',
  ],
  [
    { type: 'release.late' },
    'Release of Order to Cash is late | Its window has ended and it is not current everywhere yet. Packline goes on by itself.',
  ],
] satisfies [Partial<NoticeFacts>, string][])('the publisher reads %o', (some, expected) => {
  expect(said(some)).toBe(expected)
})

test.each([
  [
    { type: 'release.cancelled' },
    'Update of Order to Cash withdrawn | The update of <2027-03-01> does not come. | Where it was applied already, the current release runs again.',
  ],
  [
    { type: 'release.released', versionNumber: 7, environmentNames: ['Live', 'Test'], environmentCount: 4 },
    'Order to Cash updated | Version 7 runs in Live, Test and 2 more.',
  ],
  [
    {
      type: 'update.applied',
      installationName: 'Shop',
      by: 'Olu',
      environmentNames: ['Live'],
      environmentCount: 1,
      versionNumber: 3,
    },
    'Shop updated by hand | Olu applied the pending update in Live. | Version 3 is current there now.',
  ],
  [
    {
      type: 'delivery.failed',
      installationName: 'Shop',
      environmentNames: ['Live'],
      environmentCount: 1,
      atomName: 'East',
      cause: 'Disk full.',
    },
    'Shop did not reach the Atom East | It should run in Live. | Disk full.',
  ],
  [
    {
      type: 'webhook.paused',
      webhookUrl: 'https://hooks.example/a',
      cause: 'Nobody answers at the address.',
    },
    'A webhook is paused | Packline has stopped calling https://hooks.example/a. | Nobody answers at the address. | Mend what receives the calls, then resume the webhook: what still waits is sent then. What happens meanwhile is not.',
  ],
] satisfies [Partial<NoticeFacts>, string][])('the managed account reads %o', (some, expected) => {
  expect(said({ ...some, side: 'consumer' })).toBe(expected)
})

describe('whatever is known of it', () => {
  test.each(eventTypes)('%s has a title and a sentence on both sides', (type) => {
    for (const side of ['publisher', 'consumer'] as const) {
      const { title, sentences } = wordNotice({ ...facts, type, side, cause: 'Disk full.' }, dates)
      expect(title).toContain(type === 'webhook.paused' ? 'A webhook' : 'Order to Cash')
      expect(sentences.length).toBeGreaterThan(0)
    }
  })

  test.each(eventTypes.filter((type) => type.startsWith('release.')))(
    'the managed account is not told of the publisher’s people and reasons by %s',
    (type) => {
      const text = said({
        type,
        side: 'consumer',
        reason: 'secret-reason',
        cause: 'secret-cause',
        by: 'secret-name',
      })
      expect(text).not.toContain('secret')
    },
  )
})
