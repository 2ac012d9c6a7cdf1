import { expect, test } from 'vitest'
import type { NoticeFacts } from './notice-facts.ts'
import { noticeMail } from './notice-mail.ts'

const facts: NoticeFacts = {
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
  notes: 'Faster orders.',
  reason: null,
  cause: null,
  lateBySeconds: null,
  environmentNames: [],
  environmentCount: 0,
  versionNumber: null,
  atomName: null,
  webhookUrl: null,
}
const mail = {
  facts,
  accountName: 'Bluebird',
  locale: 'en-GB',
  timeZone: 'Asia/Kathmandu',
  noticeUrl: 'https://packline.example/notices/1',
  calendarUrl: 'https://packline.example/calendar.ics',
  preferencesUrl: 'https://packline.example/settings/user',
}

test('says what happens when, in the reader’s zone, with the ways to it', () => {
  const { subject, text, html } = noticeMail(mail)
  expect(subject).toBe('Update of Order to Cash scheduled')
  expect(
    text.replaceAll('\u2009', ' '),
  ).toBe(`It comes on Mon, 1 Mar 2027, 00:00–01:00 (Europe/Berlin); in your time zone Asia/Kathmandu: Mon, 1 Mar 2027, 04:45–05:45. Until then you may apply it yourself in Atom Management.

Release notes:
Faster orders.

Open it in Packline:
https://packline.example/notices/1

Add to calendar:
https://packline.example/calendar.ics

You are told as a user of the account Bluebird.

Choose what you are told by mail:
https://packline.example/settings/user
`)
  expect(html).toContain('<a href="https://packline.example/calendar.ics">Add to calendar</a>')
})

test('dates follow the language of the reader’s browser', () => {
  expect(noticeMail({ ...mail, locale: 'de-DE' }).text).toContain('1. März 2027')
  expect(noticeMail({ ...mail, locale: 'nonsense-that-is-no-tag' }).text).toContain('1 Mar 2027')
})

test('without a saved zone the release’s own is enough, and without a date there is no calendar', () => {
  expect(noticeMail({ ...mail, timeZone: null }).text).not.toContain('in your time zone')
  expect(noticeMail({ ...mail, calendarUrl: null }).text).not.toContain('calendar')
})

test('names with markup and line breaks are harmless', () => {
  const { html } = noticeMail({
    ...mail,
    accountName: '<img src=x onerror=alert(1)>',
    facts: { ...facts, packName: '<script>alert(1)</script>', notes: '</p><script>' },
  })
  expect(html).not.toMatch(/<(script|img)/)
})
