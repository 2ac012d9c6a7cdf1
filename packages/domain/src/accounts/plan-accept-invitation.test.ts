import { describe, expect, test } from 'vitest'
import { isInvited } from './invitation-standing.ts'
import { judgeInvitationLink, planNewPerson } from './plan-accept-invitation.ts'

const open = { isAccepted: false, isWithdrawn: false, isExpired: false }

describe('the link of an invitation', () => {
  test.each([
    [undefined, 'invitation-unknown'],
    [{ ...open, isAccepted: true, isExpired: true }, 'invitation-accepted'],
    [{ ...open, isWithdrawn: true, isExpired: true }, 'invitation-withdrawn'],
    [{ ...open, isExpired: true }, 'invitation-expired'],
  ])('%o: %s', (facts, reason) => {
    expect(judgeInvitationLink(facts)).toEqual({ kind: 'refused', reason })
  })

  test('lets in while it is open', () => {
    expect(judgeInvitationLink(open)).toEqual({ kind: 'open' })
  })
})

describe('a new person', () => {
  const person = { firstName: ' Ada ', lastName: 'Lovelace', password: 'correct horse battery' }
  const judge = (changed: Partial<typeof person>) =>
    planNewPerson({ ...person, ...changed }, 'ada@example.com', () => false)

  test('has a name and a password', () => {
    expect(judge({})).toEqual({ kind: 'planned', firstName: 'Ada', lastName: 'Lovelace' })
    expect(judge({ lastName: '' }).kind).toBe('planned')
  })

  test.each([
    [{ firstName: ' ', lastName: '' }, 'name-empty'],
    [{ firstName: 'x'.repeat(101) }, 'first-name-too-long'],
    [{ lastName: 'x'.repeat(101) }, 'last-name-too-long'],
    [{ password: 'short' }, 'password-too-short'],
    [{ password: 'Password1!' }, 'password-too-common'],
    [{ password: 'ADA@example.com' }, 'password-is-email'],
  ])('%o: %s', (changed, reason) => {
    expect(judge(changed)).toEqual({ kind: 'refused', reason })
  })
})

test('an invitation is for its address, in any letter case', () => {
  expect(isInvited('Ada@Example.com', 'ada@example.com')).toBe(true)
  expect(isInvited('ada@example.com', 'grace@example.com')).toBe(false)
})
