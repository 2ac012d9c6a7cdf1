/** Something that uses a package, named for the sentence that refuses its deletion. */
export type PackageUser = { id: string; name: string }

/** Everything that may use a package. A removed pack row that could be undeleted counts as pending. */
export type PackageUses = {
  releasedInPacks: readonly PackageUser[]
  inScheduledReleases: readonly PackageUser[]
  pendingInPacks: readonly PackageUser[]
  deployedToEnvironments: readonly PackageUser[]
}

export type PackageUseReason =
  | 'released-in-pack'
  | 'chosen-in-scheduled-release'
  | 'pending-in-pack'
  | 'deployed'

export type DeletePackagePlan =
  | { kind: 'planned' }
  | { kind: 'refused'; reason: 'package-already-deleted' }
  | {
      kind: 'refused'
      reason: 'package-in-use'
      uses: readonly { reason: PackageUseReason; where: readonly PackageUser[] }[]
    }

/** A package released in a pack, chosen in a scheduled release, pending in a pack or deployed cannot be deleted. */
export function planDeletePackage(isDeleted: boolean, uses: PackageUses): DeletePackagePlan {
  if (isDeleted) return { kind: 'refused', reason: 'package-already-deleted' }
  const found = (
    [
      { reason: 'released-in-pack', where: uses.releasedInPacks },
      { reason: 'chosen-in-scheduled-release', where: uses.inScheduledReleases },
      { reason: 'pending-in-pack', where: uses.pendingInPacks },
      { reason: 'deployed', where: uses.deployedToEnvironments },
    ] as const
  ).filter(({ where }) => where.length > 0)
  return found.length > 0 ? { kind: 'refused', reason: 'package-in-use', uses: found } : { kind: 'planned' }
}

export type RestorePackagePlan = { kind: 'planned' } | { kind: 'refused'; reason: 'package-not-deleted' }

/** A deleted package can be restored and is eligible for packs and releases again. */
export function planRestorePackage(isDeleted: boolean): RestorePackagePlan {
  return isDeleted ? { kind: 'planned' } : { kind: 'refused', reason: 'package-not-deleted' }
}
