import { describe, expect, test } from 'vitest'
import { countAtInstall, countDelivery, numberOf } from './delivery-count.ts'

describe('R-66, D-16 the consumer’s version counts deliveries', () => {
  test('R-56 an installation starts with the current release as version 1', () => {
    expect(numberOf(countAtInstall('r7'), 'r7')).toBe(1)
  })

  test('a pending release shows the next number', () => {
    expect(numberOf(countAtInstall('r7'), 'r8')).toBe(2)
  })

  test('R-74 the sixth update gives version 7', () => {
    const releases = ['r2', 'r3', 'r4', 'r5', 'r6', 'r7']
    expect(releases.reduce(countDelivery, countAtInstall('r1'))).toEqual({
      deliveredCount: 7,
      lastDeliveredReleaseId: 'r7',
    })
  })

  test('the same release in a second environment is not counted again', () => {
    const once = countDelivery(countAtInstall('r1'), 'r2')
    expect(countDelivery(once, 'r2')).toEqual(once)
  })

  test('R-37 a rollback counts up as well', () => {
    const count = ['r2', 'r3'].reduce(countDelivery, countAtInstall('r1'))
    expect(numberOf(count, 'r3')).toBe(3)
  })
})
