import { describe, expect, test } from 'vitest'
import { process, version, versions } from '../releases/test-data/packs.ts'
import { type CreatePackagesRequest, planCreatePackages } from './plan-create-packages.ts'

const orders = { ...process('orders'), hasContent: true }
const route = { ...process('route', { type: 'processroute' }), hasContent: true }

function plan(drafts: CreatePackagesRequest['drafts'], facts: Partial<CreatePackagesRequest> = {}) {
  return planCreatePackages({
    accountId: 'orchard',
    drafts,
    components: [orders, route],
    packages: [],
    ...facts,
  })
}

const problemsOf = (outcome: ReturnType<typeof plan>) =>
  outcome.kind === 'refused' && outcome.reason === 'drafts-refused'
    ? outcome.problems.map(({ reason }) => reason)
    : outcome

describe('R-19 a new package', () => {
  test('is not shared unless asked for', () => {
    expect(plan([{ componentId: 'orders' }])).toEqual({
      kind: 'planned',
      packages: [{ componentId: 'orders', ordinal: 1, version: '1.0', notes: '', shareable: false }],
    })
  })

  test('takes version, notes and sharing as given', () => {
    const draft = { componentId: 'orders', version: 'Alpha', notes: 'First\u0000', shareable: true }
    expect(plan([draft])).toEqual({
      kind: 'planned',
      packages: [{ componentId: 'orders', ordinal: 1, version: 'Alpha', notes: 'First', shareable: true }],
    })
  })

  test('counts on from the component’s newest package, a deleted one included', () => {
    const packages = [...versions('orders-1'), version('orders-2', { isDeleted: true })]
    expect(plan([{ componentId: 'orders' }], { packages })).toMatchObject({
      packages: [{ ordinal: 3, version: '3.0' }],
    })
  })
})

describe('refusals', () => {
  test('R-20 the version of a deleted package stays taken', () => {
    const packages = [version('orders-1', { isDeleted: true })]
    expect(problemsOf(plan([{ componentId: 'orders', version: '1.0' }], { packages }))).toEqual([
      'version-taken',
    ])
  })

  test('R-9 a Process Route cannot be shared, but it can be packaged', () => {
    expect(problemsOf(plan([{ componentId: 'route', shareable: true }]))).toEqual(['sharing-not-possible'])
    expect(plan([{ componentId: 'route' }]).kind).toBe('planned')
  })

  test('R-10 another account’s component is not found', () => {
    const components = [{ ...orders, accountId: 'bluebird' }]
    expect(problemsOf(plan([{ componentId: 'orders' }], { components }))).toEqual(['component-not-found'])
    expect(problemsOf(plan([{ componentId: 'nothing' }]))).toEqual(['component-not-found'])
  })

  test('a component without content cannot be packaged', () => {
    const components = [{ ...orders, hasContent: false }]
    expect(problemsOf(plan([{ componentId: 'orders' }], { components }))).toEqual([
      'component-without-content',
    ])
  })

  test('a component twice in one go', () => {
    expect(problemsOf(plan([{ componentId: 'orders' }, { componentId: 'orders' }]))).toEqual([
      'duplicate-component',
    ])
  })

  test('notes too long', () => {
    expect(problemsOf(plan([{ componentId: 'orders', notes: 'x'.repeat(5001) }]))).toEqual(['notes-too-long'])
  })

  test('one bad draft refuses all', () => {
    expect(plan([{ componentId: 'route' }, { componentId: 'orders', version: '?' }])).toEqual({
      kind: 'refused',
      reason: 'drafts-refused',
      problems: [{ componentId: 'orders', reason: 'version-invalid' }],
    })
  })
})

test('bulk goes up to 250', () => {
  const components = Array.from({ length: 251 }, (_, n) => ({ ...process(`c${n}`), hasContent: true }))
  const drafts = components.map(({ id }) => ({ componentId: id }))
  expect(plan(drafts.slice(0, 250), { components }).kind).toBe('planned')
  expect(plan(drafts, { components })).toEqual({ kind: 'refused', reason: 'too-many-packages' })
  expect(plan([])).toEqual({ kind: 'refused', reason: 'nothing-selected' })
})
