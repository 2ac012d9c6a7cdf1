import { describe, expect, test } from 'vitest'
import { commonPasswords } from './common-passwords.ts'
import { judgePassword } from './password-rules.ts'

const leaked = 'wolves in the attic'
const email = 'release.manager@orchard.example'
const reasonOf = (password: string) => {
  const decision = judgePassword(password, email, (one) => one === leaked)
  return decision.kind === 'refused' ? decision.reason : 'accepted'
}

describe('length', () => {
  test.each([
    ['', 'password-too-short'],
    ['Tr0ub4d', 'password-too-short'],
    ['Tr0ub4dö', 'accepted'],
    ['😀🎈🌵🦊🐙🌈🍉', 'password-too-short'],
    ['😀🎈🌵🦊🐙🌈🍉🚲', 'accepted'],
    [`${'river stone '.repeat(85)}1234`, 'accepted'],
    [`${'river stone '.repeat(85)}12345`, 'password-too-long'],
  ])('%s: %s', (password, expected) => {
    expect(reasonOf(password)).toBe(expected)
  })
})

describe('no rules on kinds of characters', () => {
  test.each(['correct horse battery staple', 'wxvqjzkd', '83920174658', 'пароль-длинный', 'packline-demo'])(
    '%s is accepted',
    (password) => {
      expect(reasonOf(password)).toBe('accepted')
    },
  )
})

describe('what everybody tries first', () => {
  test('the list has more than a hundred, in small letters', () => {
    expect(commonPasswords.size).toBeGreaterThan(200)
    for (const password of commonPasswords) expect(password).toBe(password.toLowerCase())
  })

  test.each([
    'password',
    'PASSWORD',
    'Password1',
    'P@ssw0rd',
    'P4$$w0rd2026!',
    '!!Welcome2027',
    'qwertyuiop',
    'Qwerty123!',
    'asdfghjkl',
    '12345678',
    '1234567890',
    '87654321',
    'abcdefgh',
    'abcd1234',
    '1234abcd',
    'aaaaaaaa',
    '12121212',
    'abcabcabc',
    'iloveyou',
    'trustno1',
    'Packline1',
    'packline2026',
    ' password ',
  ])('%s', (password) => {
    expect(reasonOf(password)).toBe('password-too-common')
  })
})

describe('the e-mail address is no secret', () => {
  test.each([email, 'Release.Manager@Orchard.Example', 'release.manager', ' release.manager '])(
    '%s',
    (password) => {
      expect(reasonOf(password)).toBe('password-is-email')
    },
  )
})

test('what has leaked is refused, however long it is', () => {
  expect(reasonOf(leaked)).toBe('password-too-common')
})
