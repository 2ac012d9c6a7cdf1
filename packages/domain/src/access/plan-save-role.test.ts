import { describe, expect, test } from 'vitest'
import { type ParentRole, planSaveRole, type SaveRoleFacts } from './plan-save-role.ts'
import { allPrivileges, type Privilege } from './privileges.ts'

const everything = new Set(allPrivileges)
const draft = { name: 'Release desk', description: '', privileges: ['execute'] as const }
const parentOf = (...privileges: Privilege[]): ParentRole => ({
  lineage: [{ id: 'parent', defaultRole: null, privileges }],
})
const save = (
  change: Partial<SaveRoleFacts> & { draft?: Partial<Parameters<typeof planSaveRole>[0]> } = {},
) => planSaveRole({ ...draft, ...change.draft }, { current: null, parent: null, held: everything, ...change })

describe('a custom role', () => {
  test('is stored trimmed, with its privileges in the order of the table', () => {
    const privileges: Privilege[] = ['licensing', 'execute', 'integration-pack', 'execute']
    const plan = save({ draft: { name: '  Release desk ', description: ' For\r\nreleases ', privileges } })
    expect(plan).toEqual({
      kind: 'planned',
      role: {
        name: 'Release desk',
        description: 'For\nreleases',
        privileges: ['integration-pack', 'execute', 'licensing'],
      },
      effective: ['integration-pack', 'execute', 'licensing'],
    })
  })

  test('does not keep what its parent gives, and gives it all the same', () => {
    const plan = save({
      parent: parentOf('execute', 'scheduling'),
      draft: { privileges: ['execute', 'licensing'] },
    })
    expect(plan).toMatchObject({
      role: { privileges: ['licensing'] },
      effective: ['scheduling', 'execute', 'licensing'],
    })
  })

  test('inherits from a default role what the table says', () => {
    const parent = { lineage: [{ id: 'support', defaultRole: 'support' as const, privileges: [] }] }
    expect(save({ parent, draft: { privileges: [] } })).toMatchObject({
      effective: ['execute', 'view-results', 'view-data', 'licensing'],
    })
  })

  test('may give nothing', () => {
    expect(save({ draft: { privileges: [] } })).toMatchObject({ kind: 'planned', effective: [] })
  })

  test.each([
    [{ name: ' ' }, 'name-empty'],
    [{ name: 'ü'.repeat(101) }, 'name-too-long'],
    [{ name: 'administrator' }, 'name-reserved'],
    [{ name: 'Desk (Shared)' }, 'name-reserved'],
    [{ description: 'x'.repeat(501) }, 'description-too-long'],
    [{ privileges: ['execute', 'toString'] }, 'privilege-unknown'],
  ])('%o is refused: %s', (changed, reason) => {
    expect(save({ draft: changed })).toEqual({ kind: 'refused', reason })
  })

  test('of 100 characters, described in 500, is accepted', () => {
    expect(save({ draft: { name: 'ü'.repeat(100), description: 'ü'.repeat(500) } }).kind).toBe('planned')
  })
})

describe('a ring of parents', () => {
  const current = { id: 'child', effective: new Set<Privilege>() }

  test('is refused, over any number of steps', () => {
    const lineage = ['grandchild', 'child'].map((id) => ({ id, defaultRole: null, privileges: [] }))
    expect(save({ current, parent: { lineage } })).toEqual({
      kind: 'refused',
      reason: 'parent-is-descendant',
    })
  })

  test('a parent from elsewhere is none, and one that is unknown is refused', () => {
    expect(save({ current, parent: parentOf() }).kind).toBe('planned')
    expect(save({ parent: undefined })).toEqual({ kind: 'refused', reason: 'parent-unknown' })
  })
})

describe('nobody makes a role that gives what they do not hold', () => {
  const held = new Set<Privilege>(['user-management', 'execute'])

  test('by its own privileges', () => {
    expect(save({ held, draft: { privileges: ['execute', 'integration-pack'] } })).toEqual({
      kind: 'refused',
      reason: 'privileges-not-held',
      privileges: ['integration-pack'],
    })
  })

  test('by its parent', () => {
    expect(save({ held, parent: parentOf('licensing'), draft: { privileges: [] } })).toMatchObject({
      reason: 'privileges-not-held',
      privileges: ['licensing'],
    })
  })

  test('what it gave before may stay, may go, and counts whether its own or inherited', () => {
    const current = { id: 'role', effective: new Set<Privilege>(['integration-pack', 'licensing']) }
    expect(save({ held, current, draft: { privileges: ['integration-pack', 'execute'] } })).toMatchObject({
      kind: 'planned',
      effective: ['integration-pack', 'execute'],
    })
    expect(save({ held, current, parent: parentOf('licensing'), draft: { privileges: [] } }).kind).toBe(
      'planned',
    )
  })
})
