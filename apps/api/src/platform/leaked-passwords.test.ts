import { dictionary } from '@zxcvbn-ts/language-common'
import { passwordMinimum } from '@packline/domain/accounts/password-rules.ts'
import { expect, test } from 'vitest'
import { leakedPasswords } from './leaked-passwords.ts'

const isLeakedPassword = await leakedPasswords()

test('three thousand passwords that are long enough are known by far (ASVS 6.2.4)', () => {
  const longEnough = dictionary['passwords-common'].filter((one) => one.length >= passwordMinimum)
  expect(longEnough.length).toBeGreaterThan(3_000)
  expect(longEnough.every(isLeakedPassword)).toBe(true)
})

test.each(['mustang1', 'MuStAnG1', ' mustang1 ', 'ｍustang1'])('“%s” has leaked', (password) => {
  expect(isLeakedPassword(password)).toBe(true)
})

test('what nobody has thought of has not', () => {
  expect(isLeakedPassword('quiet harbour at noon')).toBe(false)
})
