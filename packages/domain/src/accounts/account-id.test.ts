import { expect, test } from 'vitest'
import { accountIdOf } from './account-id.ts'

const random = Uint8Array.of(0, 1, 29, 30, 31, 255)

test.each([
  ['Orchard Integrations', 'orchard-23Z23H'],
  ['  Café Zürich AG', 'cafe-23Z23H'],
  ['東京電力', 'account-23Z23H'],
  ['a'.repeat(40), `${'a'.repeat(24)}-23Z23H`],
  ['3M', '3m-23Z23H'],
])('%s becomes %s', (name, expected) => {
  expect(accountIdOf(name, random)).toBe(expected)
  expect(accountIdOf(name, random)).toMatch(/^[A-Za-z0-9_-]{1,64}$/)
})
