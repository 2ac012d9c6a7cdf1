import { expect, test } from 'vitest'
import { hashPassword, verifyPassword } from './password-hash.ts'

test('a hash names its parameters, carries its own salt and fits its password only', async () => {
  const [first, second] = await Promise.all([hashPassword('river stone'), hashPassword('river stone')])
  expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
  expect(second).not.toBe(first)
  expect(await verifyPassword('river stone', first)).toEqual({ matches: true, isOutdated: false })
  expect(await verifyPassword('river stones', first)).toMatchObject({ matches: false })
  expect(await verifyPassword('', first)).toMatchObject({ matches: false })
})

test('nothing is cut off and every character counts', async () => {
  const long = 'x'.repeat(1_023)
  const stored = await hashPassword(`${long}a`)
  expect(await verifyPassword(`${long}b`, stored)).toMatchObject({ matches: false })
  expect(await verifyPassword(`${long}a`, stored)).toMatchObject({ matches: true })
  const withNul = await hashPassword('river\u0000stone')
  expect(await verifyPassword('river', withNul)).toMatchObject({ matches: false })
})

test('a letter typed in two ways is the same letter', async () => {
  const composed = await hashPassword('caf\u00e9 au lait')
  expect(await verifyPassword('cafe\u0301 au lait', composed)).toMatchObject({ matches: true })
})

test.each([
  undefined,
  '',
  'none',
  '$2b$12$abcdefghijklmnopqrstuv',
  '$argon2id$v=19$m=19456,t=2,p=1$$',
  '$argon2id$v=19$m=99999999,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$aGFzaA',
])('%s matches nothing, and takes as long as a real one', async (stored) => {
  const startedAt = performance.now()
  expect(await verifyPassword('river stone', stored)).toEqual({ matches: false, isOutdated: false })
  expect(performance.now() - startedAt).toBeGreaterThan(5)
})

test('another implementation’s hash with other parameters is accepted and called outdated', async () => {
  // The vector of the argon2 reference implementation's tests: m=65536, t=2, p=1, salt "somesalt".
  const stored = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
  expect(await verifyPassword('password', stored)).toEqual({ matches: true, isOutdated: true })
})

test('very many at once are refused instead of queued', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 110 }, () => hashPassword('river stone')))
  const refused = outcomes.filter(({ status }) => status === 'rejected')
  expect(refused.length).toBe(8)
  expect(await hashPassword('river stone')).toMatch(/^\$argon2id/)
})
