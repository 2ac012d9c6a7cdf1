import { describe, expect, test } from 'vitest'
import { packState, process, row, version, versions } from '../releases/test-data/packs.ts'
import type { PackItem } from './pack-item.ts'
import { type AddPackagesRequest, planAddPackages } from './plan-add-packages.ts'
import { planRemovePackage, rowsMissingFrom } from './plan-remove-package.ts'
import { planUndeletePackage } from './plan-undelete-package.ts'

type Facts = Partial<Omit<AddPackagesRequest, 'pack'>> & Partial<AddPackagesRequest['pack']>

function add(componentIds: string[], { type = 'SINGLE', items = [], ...facts }: Facts = {}) {
  const packages = facts.packages ?? versions('orders-1', 'stock-1')
  return planAddPackages({
    pack: { accountId: 'orchard', type, items },
    componentIds,
    components: packState({ packages }).components,
    packages,
    current: [],
    ...facts,
  })
}

const rows = (count: number, facts: Partial<PackItem> = {}) =>
  Array.from({ length: count }, (_, n) => row(`c${n}`, `c${n}-1`, facts))

describe('R-11 adding takes the newest shareable version at that moment as pending', () => {
  test('of each component', () => {
    expect(add(['orders', 'stock'], { packages: versions('orders-1', 'orders-2', 'stock-1') })).toEqual({
      kind: 'planned',
      outcomes: [
        { componentId: 'orders', outcome: 'added', pendingPackageId: 'orders-2' },
        { componentId: 'stock', outcome: 'added', pendingPackageId: 'stock-1' },
      ],
    })
  })

  test('R-14 skipping newer ones that are deleted or not shareable', () => {
    const packages = [...versions('orders-1'), version('orders-2', { shareable: false })]
    expect(add(['orders'], { packages })).toMatchObject({ outcomes: [{ pendingPackageId: 'orders-1' }] })
  })

  test('nothing selected is refused', () => {
    expect(add([])).toEqual({ kind: 'refused', reason: 'nothing-selected' })
  })
})

describe('what cannot be added', () => {
  const reasonOf = (componentIds: string[], facts: Facts = {}) => {
    const plan = add(componentIds, facts)
    return plan.kind === 'refused' && plan.reason === 'components-refused'
      ? plan.problems.map(({ reason }) => reason)
      : plan
  }

  test('R-7 an API Service in a MULTI pack', () => {
    const components = [process('orders', { type: 'webservice' })]
    expect(reasonOf(['orders'], { type: 'MULTI', components })).toEqual(['api-service-in-multi'])
    expect(add(['orders'], { type: 'SINGLE', components }).kind).toBe('planned')
    expect(add(['orders'], { type: 'MULTI' }).kind).toBe('planned')
  })

  test('R-9 a component without a shareable, active version', () => {
    const packages = [version('orders-1', { shareable: false }), version('orders-2', { isDeleted: true })]
    expect(reasonOf(['orders'], { packages })).toEqual(['no-shareable-version'])
  })

  test('R-9 other component types and processes with a Process Route', () => {
    expect(reasonOf(['orders'], { components: [process('orders', { type: 'certificate' })] })).toEqual([
      'type-not-allowed',
    ])
    expect(reasonOf(['orders'], { components: [process('orders', { containsProcessRoute: true })] })).toEqual(
      ['type-not-allowed'],
    )
  })

  test('R-10 another account’s component, told apart from none by nothing', () => {
    const components = [process('orders', { accountId: 'bluebird' })]
    expect(reasonOf(['orders'], { components })).toEqual(['component-not-found'])
    expect(reasonOf(['nothing'])).toEqual(['component-not-found'])
  })

  test('one refused component refuses all, each with its reason', () => {
    expect(add(['orders', 'nothing'])).toEqual({
      kind: 'refused',
      reason: 'components-refused',
      problems: [{ componentId: 'nothing', reason: 'component-not-found' }],
    })
  })
})

describe('R-8 at most 100 packages', () => {
  test('the 100th is added, the 101st refused', () => {
    expect(add(['orders'], { items: rows(99) }).kind).toBe('planned')
    expect(add(['orders'], { items: rows(100) })).toEqual({ kind: 'refused', reason: 'pack-full', room: 0 })
    expect(add(['orders', 'stock'], { items: rows(99) })).toEqual({
      kind: 'refused',
      reason: 'pack-full',
      room: 1,
    })
  })

  test('rows shown as Deleted do not count', () => {
    expect(add(['orders'], { items: rows(100, { isRemoved: true }) }).kind).toBe('planned')
    expect(add(['orders'], { items: rows(100, { leavesWithReleaseId: 'r2' }) }).kind).toBe('planned')
  })

  test('what is already there needs no room', () => {
    expect(add(['c0', 'c1'], { items: rows(100) }).kind).toBe('planned')
  })

  test('undeleting needs room', () => {
    const items = [...rows(100), row('orders', 'orders-1', { isRemoved: true })]
    expect(add(['orders'], { items })).toMatchObject({ reason: 'pack-full' })
    expect(planUndeletePackage('orders', { items, current: [] })).toEqual({
      kind: 'refused',
      reason: 'pack-full',
    })
  })
})

describe('R-12 a component occurs once in a pack', () => {
  test('adding again does nothing, also twice in one go', () => {
    expect(add(['orders', 'orders'], { items: [row('orders', 'orders-1')] })).toEqual({
      kind: 'planned',
      outcomes: [{ componentId: 'orders', outcome: 'already-there', pendingPackageId: 'orders-1' }],
    })
    expect(add(['orders', 'orders'])).toMatchObject({ outcomes: [{ outcome: 'added' }] })
  })

  test('adding a removed one undeletes it with its former pending version', () => {
    const items = [row('orders', 'orders-1', { isRemoved: true })]
    expect(add(['orders'], { items, packages: versions('orders-1', 'orders-2') })).toEqual({
      kind: 'planned',
      outcomes: [{ componentId: 'orders', outcome: 'undeleted', pendingPackageId: 'orders-1' }],
    })
  })
})

describe('R-15 removing is soft', () => {
  test('a row can be removed, a second time changes nothing', () => {
    expect(planRemovePackage('orders', [row('orders')])).toEqual({ kind: 'planned' })
    expect(planRemovePackage('orders', [row('orders', null, { isRemoved: true })])).toEqual({
      kind: 'unchanged',
    })
    expect(planRemovePackage('orders', [])).toEqual({ kind: 'refused', reason: 'component-not-in-pack' })
  })

  test('Undelete gives back the former pending version', () => {
    const pack = { items: [row('orders', 'orders-1', { isRemoved: true })], current: [] }
    expect(planUndeletePackage('orders', pack)).toEqual({ kind: 'planned', pendingPackageId: 'orders-1' })
  })

  test('a released row comes back with only its current version', () => {
    const pack = { items: [row('orders', null, { isRemoved: true })], current: versions('orders-1') }
    expect(planUndeletePackage('orders', pack)).toEqual({ kind: 'planned', pendingPackageId: null })
  })

  test('a row that a confirmed release leaves out keeps its current version as pending', () => {
    const items = [row('orders', null, { leavesWithReleaseId: 'r2' })]
    expect(planUndeletePackage('orders', { items, current: versions('orders-1') })).toEqual({
      kind: 'planned',
      pendingPackageId: 'orders-1',
    })
  })

  test('there is nothing to undelete', () => {
    expect(planUndeletePackage('orders', { items: [row('orders')], current: [] })).toEqual({
      kind: 'unchanged',
    })
    expect(planUndeletePackage('orders', { items: [], current: [] })).toEqual({
      kind: 'refused',
      reason: 'component-not-in-pack',
    })
  })
})

test('R-16 rows missing from a complete list are removed', () => {
  const items = [row('orders'), row('stock'), row('gone', null, { isRemoved: true })]
  expect(rowsMissingFrom(['stock', 'new'], items)).toEqual(['orders'])
})
