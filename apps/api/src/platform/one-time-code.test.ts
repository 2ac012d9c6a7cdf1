import { timeStepAt } from '@packline/domain/accounts/two-step-sign-in.ts'
import { expect, test } from 'vitest'
import { codeAt, findStep, keyAddress, newCodeKey, newRecoveryCode } from './one-time-code.ts'

// "12345678901234567890", the key of RFC 6238's appendix B.
const key = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

// Its codes have eight digits; those of six are their last six.
test.each([
  ['1970-01-01T00:00:59Z', '94287082'],
  ['2005-03-18T01:58:29Z', '07081804'],
  ['2005-03-18T01:58:31Z', '14050471'],
  ['2009-02-13T23:31:30Z', '89005924'],
  ['2033-05-18T03:33:20Z', '69279037'],
  ['2603-10-11T11:33:20Z', '65353130'],
])('at %s the code ends as RFC 6238 says: %s', (at, code) => {
  expect(codeAt(key, timeStepAt(Temporal.Instant.from(at)))).toBe(code.slice(2))
})

test('a code belongs to its step among those that are open', () => {
  expect(findStep(key, codeAt(key, 10), [9, 10, 11])).toBe(10)
  expect(findStep(key, codeAt(key, 12), [9, 10, 11])).toBeUndefined()
  expect(findStep(key, codeAt(key, 10), [])).toBeUndefined()
  expect(findStep(key, '', [10])).toBeUndefined()
})

test('keys and recovery codes are long, of letters and digits that people can tell apart, and never the same', () => {
  expect(newCodeKey()).toMatch(/^[A-Z2-7]{32}$/)
  expect(newRecoveryCode()).toMatch(/^[A-Z2-7]{24}$/)
  expect(newCodeKey()).not.toBe(newCodeKey())
})

test('the address for an authenticator app names the product and the user', () => {
  const address = new URL(keyAddress(key, 'ada+test@example.test'))
  expect(address.href).toMatch(/^otpauth:\/\/totp\/Packline%3Aada%2Btest%40example.test\?/)
  expect(address.searchParams.get('secret')).toBe(key)
  expect(address.searchParams.get('issuer')).toBe('Packline')
})
