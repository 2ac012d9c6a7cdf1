import { expect, test } from 'vitest'
import { packDifferences } from './pack-differences.ts'

const version = (text: string) => ({ packageId: `package-${text}`, version: text, ordinal: Number(text) })
const row = {
  componentId: 'orders',
  componentName: 'Orders',
  componentType: 'process' as const,
  current: version('1'),
  pending: null,
  latest: null,
  isRemoved: false,
}
const scheduled = {
  id: 'r5',
  packId: 'pack',
  sequence: 5,
  requestId: 'release-5',
  status: 'SCHEDULED' as const,
  timing: 'DATED' as const,
  releaseOn: '2026-11-28',
  timeZone: 'Europe/Berlin',
  window: null,
  scheduledByName: 'Ada',
  confirmedAt: '2026-11-20T08:00:00Z',
  changedAt: '2026-11-20T08:00:00Z',
  startedAt: null,
  finishedAt: null,
  lateBySeconds: null,
  isRollback: false,
  notes: '',
  packageCount: 1,
  attempts: 0,
  lastError: null,
  cancelledByName: null,
  cancelReason: null,
  updated: 0,
  total: 0,
}
const pack = {
  name: 'Orders to ERP',
  description: '',
  rows: [row],
  current: null,
  scheduled: null,
  inProgress: null,
  failed: null,
}

test('nothing changed, nothing told', () => {
  expect(packDifferences(pack, pack)).toEqual([])
})

test.each([
  ['a newer version', { rows: [{ ...row, latest: version('2') }] }, ['Orders: latest version blank → 2.']],
  ['a removal', { rows: [{ ...row, isRemoved: true }] }, ['Orders was removed.']],
  ['a row that is gone', { rows: [] }, ['Orders is no longer in the pack.']],
  ['a row more', { rows: [row, { ...row, componentId: 'b', componentName: 'Bills' }] }, ['Bills was added.']],
  ['another name', { name: 'Orders' }, ['Its name is now “Orders”; it was “Orders to ERP”.']],
  ['a schedule', { scheduled }, ['Release 5 was scheduled for Sat 28 Nov 2026 (Europe/Berlin) by Ada.']],
  ['a release', { current: { ...scheduled, sequence: 6 } }, ['Release 6 is now current.']],
])('tells of %s', (_what, change, sentences) => {
  expect(packDifferences(pack, { ...pack, ...change })).toEqual(sentences)
})

test('tells of a release that was moved, and of one that was cancelled', () => {
  const before = { ...pack, scheduled }
  const moved = { ...scheduled, releaseOn: '2026-11-30', scheduledByName: 'Bo' }
  expect(packDifferences(before, { ...pack, scheduled: moved })).toEqual([
    'Release 5 was moved to Mon 30 Nov 2026 (Europe/Berlin) by Bo.',
  ])
  expect(packDifferences(before, pack)).toEqual(['Release 5 is no longer scheduled.'])
})
