import type { ConsumerRelease } from '@packline/contract/consumer-releases.ts'
import { expect, test } from 'vitest'
import { standingOf } from './update-words.ts'

const releaseOf = (id: string, day: string): ConsumerRelease => ({
  id,
  timing: 'DATED',
  releaseOn: `2026-11-${day}`,
  timeZone: 'Europe/Berlin',
  window: {
    start: `2026-11-${Number(day) - 1}T23:00:00Z`,
    end: `2026-11-${day}T00:00:00Z`,
    kind: 'ordinary',
  },
  releasedAt: null,
  isRollback: false,
  notes: '',
  components: [],
})
const second = releaseOf('second', '27')
const date = 'on Fri 27 Nov 2026 between 00:00 and 01:00 Europe/Berlin'
const standing = {
  state: 'on-current' as const,
  why: null,
  versionNumber: 3,
  pendingNumber: null,
  pending: null,
  running: { ...releaseOf('first', '20'), releasedAt: '2026-11-19T23:00:01Z' },
}

test('an offered update says that it can wait for its date', () => {
  expect(standingOf({ ...standing, state: 'offered', pendingNumber: 4, pending: second })).toBe(
    `Version 4 can be applied now. Otherwise it arrives by itself ${date}.`,
  )
})

test.each([
  ['no-atom' as const, /^This environment has no Atom, /],
  ['reattached' as const, /detached and attached again since: it is back on the current release/],
  ['locked' as const, /^Another release of this integration pack was applied early in this account\. /],
])('%s: why nothing is offered, and when it arrives all the same', (why, reason) => {
  const text = standingOf({ ...standing, state: 'waits-for-date', why, pending: second })
  expect(text).toMatch(reason)
  expect(text).toMatch(`The update arrives by itself ${date}.`)
})

test('an early apply states the lock with the date that ends it', () => {
  expect(standingOf({ ...standing, state: 'applied-early', running: second })).toContain(
    `by hand until everybody has this one, ${date}, or until the publisher releases another at once.`,
  )
})

test('an early apply whose release was replaced waits for the one in its place', () => {
  const third = releaseOf('third', '28')
  expect(standingOf({ ...standing, state: 'applied-early', running: second, pending: third })).toContain(
    'arrives by itself on Sat 28 Nov 2026 between 00:00 and 01:00 Europe/Berlin.',
  )
})
