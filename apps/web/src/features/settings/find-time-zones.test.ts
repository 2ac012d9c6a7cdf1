import { expect, test } from 'vitest'
import { findTimeZones, labelOfZone } from './find-time-zones.ts'

const zones = [
  { name: 'America/New_York', offset: '-05:00', aliases: ['US/Eastern'] },
  { name: 'Asia/Kathmandu', offset: '+05:45', aliases: ['Asia/Katmandu'] },
  { name: 'Asia/Kolkata', offset: '+05:30', aliases: ['Asia/Calcutta'] },
  { name: 'UTC', offset: '+00:00', aliases: ['Etc/UTC'] },
]

test.each([
  ['new york', 'America/New_York'],
  ['eastern', 'America/New_York'],
  ['katmandu', 'Asia/Kathmandu'],
  ['5:45', 'Asia/Kathmandu'],
  ['−05', 'America/New_York'],
  ['calc', 'Asia/Kolkata'],
  ['utc', 'UTC'],
])('“%s” finds %s first', (typed, name) => {
  expect(findTimeZones(zones, typed)[0]?.name).toBe(name)
})

test('offsets are part of the label', () => {
  expect(zones.map(({ name, offset }) => labelOfZone(name, offset))).toEqual([
    'America/New_York (UTC-05:00)',
    'Asia/Kathmandu (UTC+05:45)',
    'Asia/Kolkata (UTC+05:30)',
    'UTC (UTC)',
  ])
})
