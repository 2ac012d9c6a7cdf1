import { describe, expect, test } from 'vitest'
import { type InstallationToAttach, planAttach } from './plan-attach.ts'
import { planDetach, planUninstall } from './plan-detach.ts'

const installation: InstallationToAttach = {
  count: { deliveredCount: 3, lastDeliveredReleaseId: 'r3' },
  lastDelivered: 'current',
  currentReleaseId: 'r3',
  isShared: true,
  attachedEnvironmentIds: ['e1'],
}
const own = ['e1', 'e2', 'e3']

describe('attaching', () => {
  test('R-56 it runs the current release under the number of the installation', () => {
    expect(planAttach(installation, ['e2', 'e3', 'e2'], own)).toEqual({
      kind: 'planned',
      environmentIds: ['e2', 'e3'],
      releaseId: 'r3',
      versionNumber: 3,
      count: { deliveredCount: 3, lastDeliveredReleaseId: 'r3' },
    })
  })

  test('R-59, D-18 after an early apply it is back on the current release and its number', () => {
    const ahead = { ...installation, lastDelivered: 'ahead', currentReleaseId: 'r2' } as const
    expect(planAttach(ahead, ['e2'], own)).toMatchObject({
      releaseId: 'r2',
      versionNumber: 2,
      count: { deliveredCount: 3, lastDeliveredReleaseId: 'r3' },
    })
  })

  test('while a release goes out, attaching delivers it: counted once, whoever is first', () => {
    const behind = { ...installation, lastDelivered: 'earlier', currentReleaseId: 'r4' } as const
    expect(planAttach(behind, ['e2'], own)).toMatchObject({
      releaseId: 'r4',
      versionNumber: 4,
      count: { deliveredCount: 4, lastDeliveredReleaseId: 'r4' },
    })
  })

  test.each<[string, Partial<InstallationToAttach>, string[], string, string[]]>([
    ['R-57 at most once', {}, ['e1', 'e2'], 'already-attached', ['e1']],
    ['R-57 only environments of the account', {}, ['e2', 'foreign'], 'environment-missing', ['foreign']],
    ['D-4 not while it is un-shared', { isShared: false }, ['e2'], 'no-longer-shared', []],
  ])('%s', (_rule, facts, asked, reason, environmentIds) => {
    expect(planAttach({ ...installation, ...facts }, asked, own)).toEqual({
      kind: 'refused',
      reason,
      environmentIds,
    })
  })
})

describe('detaching', () => {
  const attached = [
    { attachmentId: 'a1', environmentId: 'e1', appliedEarly: true },
    { attachmentId: 'a2', environmentId: 'e2', appliedEarly: false },
  ]

  test('D-18 warns where an early apply is lost', () => {
    expect(planDetach(attached, ['e1', 'e2'])).toMatchObject({
      kind: 'planned',
      steps: [
        { attachmentId: 'a1', warning: 'early-apply-is-lost' },
        { attachmentId: 'a2', warning: null },
      ],
    })
  })

  test('is for environments that it is attached to, all or none', () => {
    expect(planDetach(attached, ['e2', 'e3'])).toEqual({
      kind: 'refused',
      reason: 'not-attached',
      environmentIds: ['e3'],
    })
  })

  test('R-58 uninstalling detaches everything first', () => {
    expect(planUninstall(attached).steps.map(({ attachmentId }) => attachmentId)).toEqual(['a1', 'a2'])
    expect(planUninstall([])).toEqual({ kind: 'planned', steps: [] })
  })
})
