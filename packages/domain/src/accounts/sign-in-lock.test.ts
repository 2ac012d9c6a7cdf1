import { describe, expect, test } from 'vitest'
import { judgeFirstStep, judgeSignIn, type SignInState } from './sign-in-lock.ts'

const noon = Temporal.Instant.from('2027-03-01T12:00:00Z')
const fresh: SignInState = { failedSignIns: 0, lockedUntil: null }
const lockedAtNoon: SignInState = { failedSignIns: 6, lockedUntil: noon.add({ minutes: 15 }) }

test('six bad sign-ins in a row lock for fifteen minutes, five do not', () => {
  let state = fresh
  for (let count = 1; count <= 5; count++) {
    state = judgeSignIn(state, false, noon).state
    expect(state).toEqual({ failedSignIns: count, lockedUntil: null })
  }
  expect(judgeSignIn(state, true, noon).kind).toBe('accepted')
  expect(judgeSignIn(state, false, noon)).toEqual({ kind: 'wrong-password', state: lockedAtNoon })
})

test('a good sign-in forgets the bad ones', () => {
  expect(judgeSignIn({ failedSignIns: 5, lockedUntil: null }, true, noon)).toEqual({
    kind: 'accepted',
    state: fresh,
  })
})

test('where a code has to follow, the right password forgives no bad sign-ins', () => {
  const guessed: SignInState = { failedSignIns: 5, lockedUntil: null }
  const step = (hasSecondStep: boolean, matches: boolean) =>
    judgeFirstStep({ ...guessed, hasSecondStep }, matches, noon)
  expect(step(true, true)).toEqual({ kind: 'accepted', state: guessed })
  expect(step(false, true)).toEqual({ kind: 'accepted', state: fresh })
  expect(step(true, false)).toEqual({ kind: 'wrong-password', state: lockedAtNoon })
  expect(judgeFirstStep({ ...lockedAtNoon, hasSecondStep: true }, true, noon).kind).toBe('locked')
})

describe('while the lock lasts', () => {
  test.each([
    [true, 0],
    [true, 14 * 60 + 59],
    [false, 1],
    [false, 14 * 60 + 59],
  ])('matching %s, %i seconds in: refused, and the lock stays as it is', (matches, seconds) => {
    expect(judgeSignIn(lockedAtNoon, matches, noon.add({ seconds }))).toEqual({
      kind: 'locked',
      state: lockedAtNoon,
    })
  })
})

describe('at its end', () => {
  const after = noon.add({ minutes: 15 })

  test('the right password is accepted', () => {
    expect(judgeSignIn(lockedAtNoon, true, after)).toEqual({ kind: 'accepted', state: fresh })
  })

  test('counting starts anew', () => {
    const { state } = judgeSignIn(lockedAtNoon, false, after)
    expect(state).toEqual({ failedSignIns: 1, lockedUntil: null })
  })
})

test('a clock that goes back does not lock for longer than fifteen minutes', () => {
  const before = noon.subtract({ hours: 24 })
  expect(judgeSignIn(lockedAtNoon, true, before).kind).toBe('accepted')
})
