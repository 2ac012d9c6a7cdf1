import { expect, test } from 'vitest'
import { inGroups, openSteps, readCode, timeStepAt } from './two-step-sign-in.ts'

const at = (text: string) => Temporal.Instant.from(text)

test.each([
  ['1970-01-01T00:00:29.999Z', 0],
  ['1970-01-01T00:00:30Z', 1],
  ['2005-03-18T01:58:29Z', 37_037_036],
  ['2033-05-18T03:33:20Z', 66_666_666],
])('%s lies in step %i', (text, step) => {
  expect(timeStepAt(at(text))).toBe(step)
})

test('clocks may differ by one step each way', () => {
  expect(openSteps(at('1970-01-01T00:05:00Z'), null)).toEqual([9, 10, 11])
})

test.each([
  [8, [9, 10, 11]],
  [9, [10, 11]],
  [10, [11]],
  [11, []],
  // The clock of the machine went back: better no code for a while than one twice.
  [40, []],
])('after a code of step %i those of %j are open', (lastStep, open) => {
  expect(openSteps(at('1970-01-01T00:05:00Z'), lastStep)).toEqual(open)
})

test.each([
  ['123456', { kind: 'one-time', code: '123456' }],
  [' 123 456 ', { kind: 'one-time', code: '123456' }],
  ['abcd-efgh-2345-mnop-qrst-uvwx', { kind: 'recovery', code: 'ABCDEFGH2345MNOPQRSTUVWX' }],
  ['12345', { kind: 'no-code' }],
  ['1234567', { kind: 'no-code' }],
  ['١٢٣٤٥٦', { kind: 'no-code' }],
  ['abcd-efgh-2345-mnop-qrst-uvw1', { kind: 'no-code' }],
  ['', { kind: 'no-code' }],
])('%s is read as %j', (text, code) => {
  expect(readCode(text)).toEqual(code)
})

test('what is shown in groups is read as it was', () => {
  const code = 'ABCDEFGH2345MNOPQRSTUVWX'
  expect(inGroups(code)).toBe('ABCD-EFGH-2345-MNOP-QRST-UVWX')
  expect(readCode(inGroups(code))).toEqual({ kind: 'recovery', code })
})
