/** What deleting a pack undoes, in numbers, for the confirmation. */
export type DeletePackToll = {
  installations: number
  accounts: number
  attachments: number
  environments: number
  accountGroups: number
}

export type DeletePackPlan = {
  kind: 'planned'
  toll: DeletePackToll
  /** Dies with the pack and never goes out. */
  endsScheduledReleaseId: string | null
  /** Running deliveries are stopped before the pack goes (D-22). */
  stopsReleaseId: string | null
  touchesConsumers: boolean
}

/**
 * Deleting a pack uninstalls it everywhere, detaches it from all environments and takes it out of all groups; a
 * scheduled release dies with it. Never refused.
 */
export function planDeletePack(
  toll: DeletePackToll,
  releases: { scheduledId: string | null; inProgressId: string | null },
): DeletePackPlan {
  return {
    kind: 'planned',
    toll,
    endsScheduledReleaseId: releases.scheduledId,
    stopsReleaseId: releases.inProgressId,
    touchesConsumers: toll.installations > 0,
  }
}
