import { describe, expect, test } from 'vitest'
import type { AttachmentFacts } from './attachment-state.ts'
import { type PackToUpdate, planApplyUpdate } from './plan-apply-updates.ts'

const facts: AttachmentFacts = {
  releaseId: 'r1',
  versionNumber: 1,
  installation: { deliveredCount: 1, lastDeliveredReleaseId: 'r1' },
  appliedEarly: false,
  reattachedAfterEarlyApply: false,
  accountLockedToReleaseId: null,
  hasAtom: true,
  isShared: true,
}
const testing: PackToUpdate['pack'] = { currentReleaseId: 'r1', scheduledReleaseId: 'r2' }
const quiet: PackToUpdate['pack'] = { currentReleaseId: 'r1', scheduledReleaseId: null }
const plan = (some: Partial<AttachmentFacts>, pack = testing, seen?: string) =>
  planApplyUpdate(
    { attachmentId: 'a1', facts: { ...facts, ...some }, pack },
    seen === undefined ? undefined : [{ attachmentId: 'a1', releaseId: seen }],
  )
const refusedAs = (reason: string) => ({ kind: 'refused', attachmentId: 'a1', reason })

describe('applying a pending update', () => {
  test('R-66, R-68 the scheduled release under the next number', () => {
    expect(plan({})).toEqual({
      kind: 'apply',
      attachmentId: 'a1',
      releaseId: 'r2',
      fromNumber: 1,
      toNumber: 2,
    })
  })

  test('R-74 the sixth update gives version 7', () => {
    const installation = { deliveredCount: 6, lastDeliveredReleaseId: 'r1' }
    expect(plan({ installation, versionNumber: 6 })).toMatchObject({ fromNumber: 6, toNumber: 7 })
  })

  test.each<[string, Partial<AttachmentFacts>, PackToUpdate['pack'], string]>([
    ['nothing is scheduled', {}, quiet, 'nothing-pending'],
    ['R-65 the environment has no Atom', { hasAtom: false }, testing, 'no-atom'],
    [
      'R-69 applied already',
      { releaseId: 'r2', versionNumber: 2, appliedEarly: true },
      testing,
      'already-applied',
    ],
    [
      'R-59, D-18 attached again after an early apply',
      { reattachedAfterEarlyApply: true },
      testing,
      'reattached',
    ],
    ['D-4 no longer shared', { isShared: false }, testing, 'no-longer-shared'],
    [
      'R-31 another release is going out',
      {},
      { currentReleaseId: 'r3', scheduledReleaseId: null },
      'release-in-progress',
    ],
  ])('is refused: %s', (_rule, some, pack, reason) => {
    expect(plan(some, pack)).toEqual(refusedAs(reason))
  })
})

describe('D-17 the lock after an early apply, by account and pack', () => {
  const second: Partial<AttachmentFacts> = {
    installation: { deliveredCount: 2, lastDeliveredReleaseId: 'r2' },
    accountLockedToReleaseId: 'r2',
  }
  const replaced: PackToUpdate['pack'] = { currentReleaseId: 'r1', scheduledReleaseId: 'r3' }

  test.each<[string, Partial<AttachmentFacts>, PackToUpdate['pack'], object]>([
    ['the same release, another environment: same number', second, testing, { kind: 'apply', toNumber: 2 }],
    ['another release, another environment', second, replaced, refusedAs('locked')],
    [
      'D-3 another release where the replaced one runs',
      { ...second, releaseId: 'r2', versionNumber: 2, appliedEarly: true },
      replaced,
      refusedAs('already-applied'),
    ],
    [
      'the applied one has gone out: the next one is offered',
      { ...second, releaseId: 'r2', versionNumber: 2, accountLockedToReleaseId: null },
      { currentReleaseId: 'r2', scheduledReleaseId: 'r3' },
      { kind: 'apply', fromNumber: 2, toNumber: 3 },
    ],
    [
      'locked and attached again: the lock is the reason',
      { ...second, reattachedAfterEarlyApply: true },
      replaced,
      refusedAs('locked'),
    ],
  ])('%s', (_case, some, pack, step) => {
    expect(plan(some, pack)).toMatchObject(step)
  })
})

describe('what was confirmed is what is applied', () => {
  test.each<[string, Partial<AttachmentFacts>, PackToUpdate['pack'], string | undefined, object]>([
    ['as seen', {}, testing, 'r2', { kind: 'apply', releaseId: 'r2' }],
    [
      'replaced since',
      {},
      { currentReleaseId: 'r1', scheduledReleaseId: 'r3' },
      'r2',
      refusedAs('pending-changed'),
    ],
    ['cancelled since', {}, quiet, 'r2', refusedAs('nothing-pending')],
    [
      'it went out meanwhile',
      { releaseId: 'r2', versionNumber: 2 },
      { currentReleaseId: 'r2', scheduledReleaseId: null },
      'r2',
      refusedAs('already-applied'),
    ],
  ])('%s', (_case, some, pack, seen, step) => {
    expect(plan(some, pack, seen)).toMatchObject(step)
  })

  test('R-68 a pack that became pending after the list was read waits for another look', () => {
    const pack = { attachmentId: 'a1', facts, pack: testing }
    expect(planApplyUpdate(pack, [])).toEqual(refusedAs('not-confirmed'))
    expect(planApplyUpdate(pack, undefined).kind).toBe('apply')
  })
})
