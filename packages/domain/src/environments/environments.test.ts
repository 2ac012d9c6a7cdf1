import { describe, expect, test } from 'vitest'
import type { AccountFeature } from '../accounts/features.ts'
import { checkEnvironmentName } from './environment-name.ts'
import {
  type EnvironmentClassification,
  type EnvironmentSupport,
  planCreateEnvironment,
} from './plan-create-environment.ts'
import { planDeleteEnvironment, whyNotAskToDelete } from './plan-delete-environment.ts'
import { planMoveAtom } from './plan-move-atom.ts'

describe('R-64 the name', () => {
  test.each([
    [' Production ', { kind: 'ok', name: 'Production' }],
    ['x'.repeat(80), { kind: 'ok', name: 'x'.repeat(80) }],
    ['🍏'.repeat(80), { kind: 'ok', name: '🍏'.repeat(80) }],
    ['x'.repeat(81), { kind: 'refused', reason: 'name-too-long' }],
    [' \t', { kind: 'refused', reason: 'name-empty' }],
  ])('%j', (text, check) => {
    expect(checkEnvironmentName(text)).toEqual(check)
  })
})

describe('R-64 the classification', () => {
  const licensed: AccountFeature[] = ['unlimited-environments', 'test-connection-licensing']
  test.each<[EnvironmentSupport, AccountFeature[], EnvironmentClassification, string]>([
    ['BASIC', [], 'PRODUCTION', 'planned'],
    ['BASIC', licensed, 'TEST', 'test-needs-unlimited'],
    ['UNLIMITED', [], 'PRODUCTION', 'planned'],
    ['UNLIMITED', [], 'TEST', 'test-needs-licensing'],
    ['UNLIMITED', licensed, 'TEST', 'planned'],
  ])('support %s with %j: %s is %s', (support, features, classification, outcome) => {
    const plan = planCreateEnvironment(
      { name: 'East', classification },
      { support, features: new Set(features) },
    )
    expect(plan.kind === 'planned' ? plan.kind : plan.reason).toBe(outcome)
  })

  test('the name is looked at first', () => {
    const rights = { support: 'BASIC' as const, features: new Set<AccountFeature>() }
    expect(planCreateEnvironment({ name: '', classification: 'TEST' }, rights)).toMatchObject({
      reason: 'name-empty',
    })
  })
})

describe('R-62 deleting', () => {
  test.each([
    [0, 0, 0, { kind: 'planned' }, null],
    [1, 0, 0, { kind: 'refused', reason: 'has-atoms' }, 'has-atoms'],
    [0, 2, 1, { kind: 'refused', reason: 'has-packs' }, null],
    [0, 0, 1, { kind: 'refused', reason: 'has-packages' }, null],
    [1, 2, 1, { kind: 'refused', reason: 'has-atoms' }, 'has-atoms'],
  ])(
    'with %i Atoms, %i packs and %i packages',
    (atomCount, attachmentCount, deploymentCount, plan, beforeAsking) => {
      expect(planDeleteEnvironment({ atomCount, attachmentCount, deploymentCount })).toEqual(plan)
      expect(whyNotAskToDelete({ atomCount })).toBe(beforeAsking)
    },
  )
})

describe('R-63 an Atom is in at most one environment', () => {
  const target = { environmentId: 'e2', atomCount: 0, support: 'UNLIMITED' as const }

  test('attaching it elsewhere moves it', () => {
    expect(planMoveAtom({ environmentId: 'e1' }, target)).toEqual({
      kind: 'planned',
      fromEnvironmentId: 'e1',
      toEnvironmentId: 'e2',
    })
    expect(planMoveAtom({ environmentId: 'e1' }, null)).toEqual({
      kind: 'planned',
      fromEnvironmentId: 'e1',
      toEnvironmentId: null,
    })
    expect(planMoveAtom({ environmentId: 'e2' }, { ...target, atomCount: 1 })).toEqual({ kind: 'unchanged' })
  })

  test('Basic support: one Atom for each environment', () => {
    const basic = { ...target, support: 'BASIC' as const }
    expect(planMoveAtom({ environmentId: null }, basic).kind).toBe('planned')
    expect(planMoveAtom({ environmentId: null }, { ...basic, atomCount: 1 })).toEqual({
      kind: 'refused',
      reason: 'environment-full',
    })
    expect(planMoveAtom({ environmentId: null }, { ...target, atomCount: 9 }).kind).toBe('planned')
  })
})
