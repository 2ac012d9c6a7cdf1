import { expect, test } from 'vitest'
import { pickStep } from './pick-step.ts'

const ids = ['a', 'b', 'c', 'd']
const press = (
  key: string,
  { active = 'b', chosen = [] as string[], shift = false, command = false } = {},
) => {
  const step = pickStep(
    { ids, active, chosen: new Set(chosen) },
    { key, shiftKey: shift, isCommand: command },
  )
  return step && [step.active, [...step.chosen].join('')]
}

test.each([
  ['ArrowDown', 'c'],
  ['ArrowUp', 'a'],
  ['Home', 'a'],
  ['End', 'd'],
  ['PageDown', 'd'],
  ['PageUp', 'a'],
])('%s moves to %s and chooses nothing', (key, active) => {
  expect(press(key)).toEqual([active, ''])
})

test('the ends hold', () => {
  expect(press('ArrowUp', { active: 'a' })).toEqual(['a', ''])
  expect(press('ArrowDown', { active: 'd' })).toEqual(['d', ''])
})

test('Space and Enter choose and take back', () => {
  expect(press(' ')).toEqual(['b', 'b'])
  expect(press('Enter', { chosen: ['a', 'b'] })).toEqual(['b', 'a'])
})

test('Shift chooses on the way', () => {
  expect(press('ArrowDown', { shift: true })).toEqual(['c', 'bc'])
  expect(press('Home', { active: 'c', chosen: ['d'], shift: true })).toEqual(['a', 'dabc'])
})

test('Ctrl+A chooses all that is shown, and none when all are', () => {
  expect(press('a', { chosen: ['elsewhere'], command: true })).toEqual(['b', 'elsewhereabcd'])
  expect(press('A', { chosen: ['elsewhere', ...ids], command: true })).toEqual(['b', 'elsewhere'])
})

test('other keys, and an empty list, are left to the browser', () => {
  expect(press('Tab')).toBeNull()
  expect(press('c', { command: true })).toBeNull()
  expect(
    pickStep({ ids: [], active: null, chosen: new Set() }, { key: ' ', shiftKey: false, isCommand: false }),
  ).toBeNull()
})
