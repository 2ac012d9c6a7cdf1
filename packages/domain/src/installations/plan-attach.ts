import { countAtAttach, type DeliveryCount, type LastDelivered } from '../releases/delivery-count.ts'

export type AttachRefusal = 'no-longer-shared' | 'environment-missing' | 'already-attached'

export type AttachPlan =
  | {
      kind: 'planned'
      environmentIds: readonly string[]
      /** What the attachments run, and under which number. */
      releaseId: string
      versionNumber: number
      /** The installation's count from then on. */
      count: DeliveryCount
    }
  | { kind: 'refused'; reason: AttachRefusal; environmentIds: readonly string[] }

export type InstallationToAttach = {
  count: DeliveryCount
  /** How the release that was delivered last stands to the pack's current one. */
  lastDelivered: LastDelivered
  currentReleaseId: string
  isShared: boolean
  attachedEnvironmentIds: readonly string[]
}

/**
 * Plans attaching an installation to environments of its account: all of them or none, each at most once. What
 * is attached runs the pack's current release, also where an early apply was lost by detaching (R-56, R-59, D-18).
 */
export function planAttach(
  installation: InstallationToAttach,
  asked: readonly string[],
  ownEnvironmentIds: readonly string[],
): AttachPlan {
  if (!installation.isShared) return { kind: 'refused', reason: 'no-longer-shared', environmentIds: [] }
  const environmentIds = [...new Set(asked)]
  const missing = environmentIds.filter((id) => !ownEnvironmentIds.includes(id))
  if (missing.length > 0) return { kind: 'refused', reason: 'environment-missing', environmentIds: missing }
  const attached = environmentIds.filter((id) => installation.attachedEnvironmentIds.includes(id))
  if (attached.length > 0) return { kind: 'refused', reason: 'already-attached', environmentIds: attached }

  const { versionNumber, count } = countAtAttach(
    installation.count,
    installation.currentReleaseId,
    installation.lastDelivered,
  )
  return {
    kind: 'planned',
    environmentIds,
    releaseId: installation.currentReleaseId,
    versionNumber,
    count,
  }
}
