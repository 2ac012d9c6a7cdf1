import type { PackType } from '../packs/pack-type.ts'
import { countAtInstall, type DeliveryCount } from '../releases/delivery-count.ts'
import { checkInstallationName, type InstallationNameRefusal } from './installation-name.ts'

/** A pack as a managed account sees it. */
export type PackToInstall = {
  type: PackType
  name: string
  currentReleaseId: string | null
  /** Some account group holds both the account and the pack. */
  isShared: boolean
  /** How many installations of it the account has. */
  installed: number
}

export type InstallRefusal = 'pack-not-available' | 'already-installed' | InstallationNameRefusal

export type InstallPlan =
  | { kind: 'planned'; name: string; count: DeliveryCount }
  | { kind: 'refused'; reason: InstallRefusal }

/**
 * Plans an installation: of a pack that is shared with the account and has been released (R-46, R-55, D-4, D-6), once
 * for Single Attachment (R-53, D-8), on the current release and never the pending one (R-56, D-7).
 */
export function planInstall(pack: PackToInstall, chosenName: string | undefined): InstallPlan {
  const refusal = whyNotInstallable(pack)
  if (refusal !== null) return { kind: 'refused', reason: refusal }
  if (pack.currentReleaseId === null) return { kind: 'refused', reason: 'pack-not-available' }
  const name = checkInstallationName(pack, chosenName)
  if (name.kind === 'refused') return name
  return { kind: 'planned', name: name.name, count: countAtInstall(pack.currentReleaseId) }
}

/** Why the account cannot install the pack whatever it calls it, or null when it can. */
export function whyNotInstallable(
  pack: Omit<PackToInstall, 'name'>,
): 'pack-not-available' | 'already-installed' | null {
  if (!pack.isShared || pack.currentReleaseId === null) return 'pack-not-available'
  return pack.type === 'SINGLE' && pack.installed > 0 ? 'already-installed' : null
}
