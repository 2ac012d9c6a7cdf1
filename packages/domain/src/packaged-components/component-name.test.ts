import { expect, test } from 'vitest'
import { checkComponentName, checkFolder } from './component-name.ts'

test.each([
  ['  Orders to ERP ', { kind: 'ok', name: 'Orders to ERP' }],
  ['Orders\u0000\n', { kind: 'ok', name: 'Orders' }],
  [' \t ', { kind: 'refused', reason: 'name-empty' }],
  ['😀'.repeat(255), { kind: 'ok', name: '😀'.repeat(255) }],
  ['x'.repeat(256), { kind: 'refused', reason: 'name-too-long' }],
])('the name %j', (text, expected) => {
  expect(checkComponentName(text)).toEqual(expected)
})

test.each([
  ['', { kind: 'ok', folder: '' }],
  [' / Orders //ERP/ ', { kind: 'ok', folder: 'Orders/ERP' }],
  ['x'.repeat(256), { kind: 'refused', reason: 'folder-too-long' }],
])('the folder %j', (text, expected) => {
  expect(checkFolder(text)).toEqual(expected)
})
