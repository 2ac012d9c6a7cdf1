import { cleanLine, countCharacters } from '../text/clean-text.ts'
import type { PackType } from '../packs/pack-type.ts'

const installationNameLimit = 255

export type InstallationNameRefusal = 'name-fixed' | 'name-too-long'
export type InstallationNameCheck =
  | { kind: 'ok'; name: string }
  | { kind: 'refused'; reason: InstallationNameRefusal }

/**
 * What an installation is called: a pack with Single Attachment by its own name and no other, one with Multiple
 * Attachments as chosen, or by the pack's name when nothing was chosen. Uniqueness is the database's (D-11).
 */
export function checkInstallationName(
  pack: { type: PackType; name: string },
  chosen: string | undefined,
): InstallationNameCheck {
  const name = cleanLine(chosen ?? '')
  if (name === '' || name === pack.name) return { kind: 'ok', name: pack.name }
  if (pack.type === 'SINGLE') return { kind: 'refused', reason: 'name-fixed' }
  if (countCharacters(name) > installationNameLimit) return { kind: 'refused', reason: 'name-too-long' }
  return { kind: 'ok', name }
}

/** A name for the next installation that the account does not use yet: the pack's, else with the first free number. */
export function proposeInstallationName(packName: string, taken: readonly string[]): string {
  const used = new Set(taken.map((name) => name.toLowerCase()))
  if (!used.has(packName.toLowerCase())) return packName
  for (let number = 2; ; number += 1) {
    const suffix = ` ${number}`
    const name = `${[...packName].slice(0, installationNameLimit - suffix.length).join('')}${suffix}`
    if (!used.has(name.toLowerCase())) return name
  }
}
