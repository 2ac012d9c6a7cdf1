/** What an installation counts: releases delivered to it since it was installed (D-16). */
export type DeliveryCount = { deliveredCount: number; lastDeliveredReleaseId: string }

/** A new installation starts with the current release as its version 1; so does one installed again (R-56, R-66, D-27). */
export function countAtInstall(currentReleaseId: string): DeliveryCount {
  return { deliveredCount: 1, lastDeliveredReleaseId: currentReleaseId }
}

/** Counts a delivery. The same release reaching another environment of the installation is not counted again. */
export function countDelivery(count: DeliveryCount, releaseId: string): DeliveryCount {
  return {
    deliveredCount: numberOf(count, releaseId),
    lastDeliveredReleaseId: releaseId,
  }
}

/** The number under which the installation sees, or will see, this release: the pending version of R-66. */
export function numberOf(
  { deliveredCount, lastDeliveredReleaseId }: DeliveryCount,
  releaseId: string,
): number {
  return releaseId === lastDeliveredReleaseId ? deliveredCount : deliveredCount + 1
}

/**
 * The release last delivered to an installation is the pack's current one, an earlier one that the release going out
 * has not replaced here yet, or one that some environment of it applied before its date.
 */
export type LastDelivered = 'current' | 'earlier' | 'ahead'

/**
 * The number of the current release in an environment that is attached now, and the installation's count from then on.
 * Where the current one has not arrived yet, attaching delivers it; where a later one was applied early, it keeps the
 * number before that (D-18).
 */
export function countAtAttach(
  count: DeliveryCount,
  currentReleaseId: string,
  lastDelivered: LastDelivered,
): { versionNumber: number; count: DeliveryCount } {
  if (lastDelivered === 'ahead') return { versionNumber: count.deliveredCount - 1, count }
  const counted = countDelivery(count, currentReleaseId)
  return { versionNumber: counted.deliveredCount, count: counted }
}
