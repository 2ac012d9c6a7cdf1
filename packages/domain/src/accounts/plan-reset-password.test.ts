import { expect, test } from 'vitest'
import type { Privilege } from '../access/privileges.ts'
import { judgeResetLink, planResetLink } from './plan-reset-password.ts'

const manager = new Set<Privilege>(['user-management', 'execute'])
const facts = {
  hasMailServer: false,
  isInThisAccountOnly: true,
  ofUser: new Set<Privilege>(['execute']),
  held: manager,
}
const refused = { kind: 'refused', reason: 'link-not-shown' }

test('with a mail server the link goes to the user and to nobody else', () => {
  const ofUser = new Set<Privilege>(['integration-pack'])
  expect(planResetLink({ ...facts, hasMailServer: true, isInThisAccountOnly: false, ofUser })).toEqual({
    kind: 'mailed',
  })
})

test('without one it is shown for a user of this account alone who may no more than the administrator', () => {
  expect(planResetLink(facts)).toEqual({ kind: 'shown' })
  expect(planResetLink({ ...facts, isInThisAccountOnly: false })).toEqual(refused)
  expect(planResetLink({ ...facts, ofUser: new Set<Privilege>(['integration-pack']) })).toEqual(refused)
})

test.each([
  [undefined, 'reset-unknown'],
  [{ isUsed: true, isExpired: true }, 'reset-used'],
  [{ isUsed: false, isExpired: true }, 'reset-expired'],
])('a link that is %o: %s', (link, reason) => {
  expect(judgeResetLink(link)).toEqual({ kind: 'refused', reason })
})

test('an open link sets a password', () => {
  expect(judgeResetLink({ isUsed: false, isExpired: false })).toEqual({ kind: 'open' })
})
