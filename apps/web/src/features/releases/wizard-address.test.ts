import { expect, test } from 'vitest'
import { readUrlState, writeUrlState } from '../../lib/use-url-state.ts'
import { noVersions, wizardFields } from './wizard-address.ts'

const orders = '0d8f5a1c-7b1e-4c8e-9a57-2f2c6a1b0001'
const bills = '0d8f5a1c-7b1e-4c8e-9a57-2f2c6a1b0002'
const first = '0d8f5a1c-7b1e-4c8e-9a57-2f2c6a1b0011'
const second = '0d8f5a1c-7b1e-4c8e-9a57-2f2c6a1b0012'

const read = (search: string) => readUrlState(wizardFields, new URLSearchParams(search))

test('a draft comes back from its address as it was', () => {
  const draft = {
    step: 'schedule' as const,
    versions: new Map([
      [orders, first],
      [bills, second],
    ]),
    changed: true,
    option: 'on-date' as const,
    date: '2026-11-28',
    replaces: orders,
  }
  const search = writeUrlState(wizardFields, new URLSearchParams(), draft)
  expect(read(search.toString())).toEqual({
    state: { ...draft, rollBackTo: null, release: null },
    refused: [],
  })
})

test('a hundred chosen versions need no escaping', () => {
  const search = writeUrlState(wizardFields, new URLSearchParams(), { versions: new Map([[orders, first]]) })
  expect(search.toString()).toBe(`versions=${orders}.${first}`)
})

test('no versions leave no trace', () => {
  const search = new URLSearchParams(`versions=${orders}.${first}`)
  expect(writeUrlState(wizardFields, search, { versions: noVersions }).toString()).toBe('')
})

test.each([
  ['step=third', 'step'],
  ['option=later', 'option'],
  ['date=28.11.2026', 'date'],
  ['date=2026-13-01', 'date'],
  [`versions=${orders}`, 'versions'],
  [`versions=${orders}.`, 'versions'],
  ['replaces=5', 'replaces'],
])('%s is refused', (search, name) => {
  expect(read(search).refused).toEqual([name])
})
