import { expect, test } from 'vitest'
import { ownPath } from './own-path.ts'

test.each([
  ['/', '/'],
  ['/integration-packs?tab=all#notes', '/integration-packs?tab=all#notes'],
  ['/a/../b', '/b'],
  ['/%2F%2Fevil.example', '/%2F%2Fevil.example'],
])('%s stays %s', (text, expected) => {
  expect(ownPath(text)).toBe(expected)
})

test.each([
  '',
  'integration-packs',
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example',
  '/\t/evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  '\\\\evil.example',
  'javascript:alert(1)',
  null,
  undefined,
])('%s leads elsewhere', (text) => {
  expect(ownPath(text)).toBeUndefined()
})
