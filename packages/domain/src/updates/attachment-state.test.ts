import { describe, expect, test } from 'vitest'
import { type AttachmentFacts, attachmentState } from './attachment-state.ts'
import { releaseReach } from './release-reach.ts'

const onFirst: AttachmentFacts = {
  releaseId: 'r1',
  versionNumber: 1,
  installation: { deliveredCount: 1, lastDeliveredReleaseId: 'r1' },
  appliedEarly: false,
  reattachedAfterEarlyApply: false,
  accountLockedToReleaseId: null,
  hasAtom: true,
  isShared: true,
}

type PackReleases = Parameters<typeof attachmentState>[1]

const quiet: PackReleases = { currentReleaseId: 'r1', scheduledReleaseId: null }
const testing: PackReleases = { currentReleaseId: 'r1', scheduledReleaseId: 'r2' }
const state = (facts: Partial<AttachmentFacts>, pack = testing) =>
  attachmentState({ ...onFirst, ...facts }, pack)

describe('the life of an attachment', () => {
  test('on the current release', () => {
    expect(attachmentState(onFirst, quiet)).toEqual({ kind: 'on-current', versionNumber: 1 })
  })

  test('R-32 a scheduled release is offered under the next number', () => {
    expect(state({})).toEqual({ kind: 'offered', versionNumber: 1, pendingNumber: 2 })
  })

  test('in a second environment of the account it keeps the number of the first', () => {
    const installation = { deliveredCount: 2, lastDeliveredReleaseId: 'r2' }
    expect(state({ installation, accountLockedToReleaseId: 'r2' })).toEqual({
      kind: 'offered',
      versionNumber: 1,
      pendingNumber: 2,
    })
  })

  test('R-69 applied early: new number, nothing pending', () => {
    expect(state({ releaseId: 'r2', versionNumber: 2, appliedEarly: true })).toEqual({
      kind: 'applied-early',
      versionNumber: 2,
    })
  })

  test('R-35 on the date an early one just becomes normal, with its number', () => {
    const after = { currentReleaseId: 'r2', scheduledReleaseId: null }
    expect(state({ releaseId: 'r2', versionNumber: 2, appliedEarly: true }, after)).toEqual({
      kind: 'on-current',
      versionNumber: 2,
    })
  })

  test('D-3 an early one of a replaced release stays on it', () => {
    const replaced = { currentReleaseId: 'r1', scheduledReleaseId: 'r3' }
    expect(state({ releaseId: 'r2', versionNumber: 2, appliedEarly: true }, replaced)).toEqual({
      kind: 'applied-early',
      versionNumber: 2,
    })
  })

  test('D-17 elsewhere in that account the replacement waits for its date', () => {
    const replaced = { currentReleaseId: 'r1', scheduledReleaseId: 'r3' }
    expect(state({ accountLockedToReleaseId: 'r2' }, replaced)).toEqual({
      kind: 'waits-for-date',
      versionNumber: 1,
      why: 'locked',
    })
  })

  test('D-18 attached again after an early apply: waits for the date', () => {
    expect(state({ reattachedAfterEarlyApply: true })).toMatchObject({
      kind: 'waits-for-date',
      why: 'reattached',
    })
  })

  test('R-65 without an Atom nothing can be applied', () => {
    expect(state({ hasAtom: false })).toMatchObject({ kind: 'waits-for-date', why: 'no-atom' })
  })

  test('R-31 an immediate release is reaching it', () => {
    const after = { currentReleaseId: 'r3', scheduledReleaseId: null }
    expect(attachmentState(onFirst, after)).toEqual({ kind: 'updating', versionNumber: 1, nextNumber: 2 })
  })

  test('D-4 no longer shared: keeps its release and is offered nothing', () => {
    expect(state({ isShared: false })).toEqual({ kind: 'no-longer-shared', versionNumber: 1 })
    expect(state({ isShared: false, releaseId: 'r2', versionNumber: 2, appliedEarly: true })).toEqual({
      kind: 'no-longer-shared',
      versionNumber: 2,
    })
  })
})

describe('what a release does with an attachment', () => {
  const attached = { releaseId: 'r1', isDetached: false, isShared: true }

  test('R-31, R-35 every attachment that does not run it yet is updated', () => {
    expect(releaseReach(attached, 'r2')).toBe('update')
  })

  test('R-31, D-3 one that applied another release early is updated as well', () => {
    expect(releaseReach({ ...attached, releaseId: 'r2' }, 'r3')).toBe('update')
  })

  test('R-35 one that applied it early is left as it is', () => {
    expect(releaseReach({ ...attached, releaseId: 'r2' }, 'r2')).toBe('already-applied')
  })

  test('D-4 an un-shared one keeps its release, a detached one is gone', () => {
    expect(releaseReach({ ...attached, isShared: false }, 'r2')).toBe('not-shared')
    expect(releaseReach({ ...attached, isDetached: true }, 'r2')).toBe('detached')
  })
})
