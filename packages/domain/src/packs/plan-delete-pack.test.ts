import { describe, expect, test } from 'vitest'
import { byName, packShownFirst } from './pack-order.ts'
import { planDeletePack } from './plan-delete-pack.ts'

describe('R-17 deleting a pack', () => {
  const toll = { installations: 3, accounts: 2, attachments: 5, environments: 4, accountGroups: 1 }

  test('undoes what it says, and a scheduled release dies with it', () => {
    expect(planDeletePack(toll, { scheduledId: 'r2', inProgressId: null })).toEqual({
      kind: 'planned',
      toll,
      endsScheduledReleaseId: 'r2',
      stopsReleaseId: null,
      touchesConsumers: true,
    })
  })

  test('a release on its way is stopped first (D-22)', () => {
    expect(planDeletePack(toll, { scheduledId: null, inProgressId: 'r2' })).toMatchObject({
      stopsReleaseId: 'r2',
    })
  })
})

describe('R-18 order of lists', () => {
  const named = (...names: string[]) => names.map((name, n) => ({ name, id: `${n}` }))

  test('by name ascending, letter case and digits as people read them', () => {
    const names = named('Orders 10', 'orders 9', 'Invoices').toSorted(byName)
    expect(names.map(({ name }) => name)).toEqual(['Invoices', 'orders 9', 'Orders 10'])
  })

  test('equal names keep one order', () => {
    expect(
      named('A', 'a', 'A')
        .toSorted(byName)
        .map(({ id }) => id),
    ).toEqual(['0', '1', '2'])
  })

  test('the list opens with its first pack', () => {
    expect(packShownFirst(named('Orders', 'Invoices'))?.name).toBe('Invoices')
    expect(packShownFirst([])).toBeUndefined()
  })
})
