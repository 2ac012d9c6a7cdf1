/** More packs than this at once are shared in several steps. */
export const packsAtOnce = 200

export type PackToShare = {
  id: string
  name: string
  /** Null until the first release has gone out. */
  currentReleaseId: string | null
  isInGroup: boolean
}

export type SharePacksRefusal = 'pack-missing' | 'pack-not-released'

export type SharePacksPlan =
  | { kind: 'planned'; packs: readonly PackToShare[] }
  | { kind: 'refused'; reason: SharePacksRefusal; packNames: readonly string[] }

/**
 * Plans putting packs into an account group: own ones that have been released; one whose first release is only
 * scheduled has not been (D-6). What the group has already is left as it is: (group, pack) is unique.
 */
export function planSharePacks(found: readonly PackToShare[], asked: readonly string[]): SharePacksPlan {
  const ids = new Set(asked)
  if (found.length < ids.size) return { kind: 'refused', reason: 'pack-missing', packNames: [] }
  const unreleased = found.filter(({ currentReleaseId }) => currentReleaseId === null)
  if (unreleased.length > 0) {
    return { kind: 'refused', reason: 'pack-not-released', packNames: unreleased.map(({ name }) => name) }
  }
  return { kind: 'planned', packs: found.filter(({ isInGroup }) => !isInGroup) }
}

export type UnsharePacksPlan =
  | { kind: 'planned'; packIds: readonly string[] }
  | { kind: 'refused'; reason: 'pack-not-in-group' }

/** Plans taking packs out of a group: all of them or none. What is installed keeps running (D-4). */
export function planUnsharePacks(inGroup: readonly string[], asked: readonly string[]): UnsharePacksPlan {
  if (!asked.every((id) => inGroup.includes(id))) return { kind: 'refused', reason: 'pack-not-in-group' }
  return { kind: 'planned', packIds: [...new Set(asked)] }
}
