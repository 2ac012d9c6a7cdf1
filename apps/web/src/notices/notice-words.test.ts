import type { NoticeView } from '@packline/contract/notices.ts'
import { expect, test } from 'vitest'
import { wordsOf } from './notice-words.ts'

const notice: NoticeView = {
  id: '00000000-0000-4000-8000-000000000001',
  at: '2027-02-20T12:00:00Z',
  readAt: null,
  facts: {
    type: 'release.scheduled',
    side: 'consumer',
    packName: 'Order to Cash',
    installationName: null,
    by: null,
    schedule: {
      releaseOn: '2027-03-01',
      timeZone: 'Europe/Berlin',
      window: { start: '2027-02-28T23:00:00Z', end: '2027-03-01T00:00:00Z' },
    },
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
  },
  target: null,
  calendarPath: null,
}

test.each([
  ['Europe/Berlin', 'It comes on Mon 1 Mar 2027 between 00:00 and 01:00 (Europe/Berlin).'],
  [
    'Asia/Kathmandu',
    'It comes on Mon 1 Mar 2027 between 00:00 and 01:00 (Europe/Berlin), in your time zone Asia/Kathmandu Mon 1 Mar, 04:45–05:45.',
  ],
  // Another name for the same clock says nothing new.
  ['Europe/Paris', 'It comes on Mon 1 Mar 2027 between 00:00 and 01:00 (Europe/Berlin).'],
])('a reader in %s', (zone, sentence) => {
  expect(wordsOf(notice, zone).sentences[0]).toBe(sentence)
})
