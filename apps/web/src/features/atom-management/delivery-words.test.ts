import type { DeliveryView } from '@packline/contract/updates.ts'
import { expect, test } from 'vitest'
import { arrivedText, deliveryText } from './delivery-words.ts'

const delivery: DeliveryView = {
  atomId: 'atom',
  atomName: 'kitchen',
  nodeId: 'node',
  nodeName: 'kitchen',
  state: 'WAITING',
  cause: null,
  attempts: 0,
  progressBytes: 0,
  totalBytes: 0,
  changedAt: '2026-11-20T08:00:00Z',
}

test.each([
  ['Waiting for its turn', {}, true],
  ['Waiting until the Atom is back', {}, false],
  ['Downloading 45 % of 2 MB', { state: 'DOWNLOADING', progressBytes: 943_719, totalBytes: 2_097_152 }, true],
  ['Downloading', { state: 'DOWNLOADING' }, true],
  ['Interrupted until the Atom is back', { state: 'DOWNLOADING', totalBytes: 10 }, false],
  ['Active', { state: 'ACTIVE' }, false],
  [
    'Failed after 3 attempts: The disk is full.',
    { state: 'FAILED', attempts: 3, cause: 'The disk is full.' },
    true,
  ],
] as const)('%s', (text, change, isOnline) => {
  expect(deliveryText({ ...delivery, ...change }, isOnline)).toBe(text)
})

const at = (...states: DeliveryView['state'][]) => states.map((state) => ({ ...delivery, state }))

test.each([
  [null, at()],
  [null, at('SUPERSEDED')],
  ['Active', at('ACTIVE', 'SUPERSEDED')],
  ['Active on all 2', at('ACTIVE', 'ACTIVE')],
  ['Active on 1 of 3', at('ACTIVE', 'FAILED', 'WAITING')],
])('%s', (text, deliveries) => {
  expect(arrivedText(deliveries)).toBe(text)
})
