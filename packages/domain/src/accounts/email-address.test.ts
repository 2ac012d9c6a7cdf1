import { expect, test } from 'vitest'
import { checkEmail, isSameAddress } from './email-address.ts'

test.each([
  ['ada@example.com', 'ada@example.com'],
  ['  Ada.Lovelace+packs@Sub.Example.CO.UK ', 'Ada.Lovelace+packs@Sub.Example.CO.UK'],
  ['jürgen@bücher.example', 'jürgen@bücher.example'],
  ["o'brien@example.ie", "o'brien@example.ie"],
  [`${'x'.repeat(64)}@example.com`, `${'x'.repeat(64)}@example.com`],
])('%s is an address', (text, email) => {
  expect(checkEmail(text)).toEqual({ kind: 'ok', email })
})

test.each([
  ['', 'email-empty'],
  ['  ', 'email-empty'],
  ['ada', 'email-invalid'],
  ['ada@example', 'email-invalid'],
  ['ada@@example.com', 'email-invalid'],
  ['ada lovelace@example.com', 'email-invalid'],
  ['ada@example.com, grace@example.com', 'email-invalid'],
  ['Ada <ada@example.com>', 'email-invalid'],
  ['ada@example..com', 'email-invalid'],
  [`${'x'.repeat(65)}@example.com`, 'email-invalid'],
  [`ada@${'x'.repeat(250)}.com`, 'email-invalid'],
])('“%s” is refused: %s', (text, reason) => {
  expect(checkEmail(text)).toEqual({ kind: 'refused', reason })
})

test.each([
  ['Jürgen@Bücher.example', 'JÜRGEN@bücher.EXAMPLE', true],
  ['ada@mike.example', 'ada@mİke.example', false],
  ['ada@example.com', 'ada@example.org', false],
])('“%s” and “%s” are one address: %s', (one, other, isSame) => {
  expect(isSameAddress(one, other)).toBe(isSame)
})
