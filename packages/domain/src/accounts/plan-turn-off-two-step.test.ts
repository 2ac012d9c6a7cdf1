import { expect, test } from 'vitest'
import type { Privilege } from '../access/privileges.ts'
import { planTurnOffTwoStep } from './plan-turn-off-two-step.ts'

const held = new Set<Privilege>(['user-management', 'execute'])
const ofUser = new Set<Privilege>(['execute'])
const facts = { isOwn: false, isUserElsewhere: false, ofUser, held }

test('a user of this account alone, with no privilege beyond the administrator’s', () => {
  expect(planTurnOffTwoStep(facts)).toEqual({ kind: 'turned-off' })
})

test.each([
  [{ isOwn: true }, 'two-step-is-own'],
  [{ isUserElsewhere: true }, 'two-step-not-turned-off'],
  [{ ofUser: new Set<Privilege>(['execute', 'api-access']) }, 'two-step-not-turned-off'],
])('%j is refused as %s', (other, reason) => {
  expect(planTurnOffTwoStep({ ...facts, ...other })).toEqual({ kind: 'refused', reason })
})
