import { cleanLine, countCharacters } from '../text/clean-text.ts'

export const packageVersionLimit = 64

export type PackageVersionRefusal = 'version-too-long' | 'version-invalid' | 'version-taken'

export type PackageVersionCheck =
  | { kind: 'ok'; version: string }
  | { kind: 'refused'; reason: PackageVersionRefusal }

const versionText = /^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u
const numbered = /^(\d{1,9})(?:\.\d+)*$/

/**
 * The version text of a new package: letters and digits, with spaces, points, hyphens and underscores inside, at
 * most 64 characters. `taken` are the versions of all the component's packages, deleted ones included;
 * empty text asks for the next number. Letter case counts: 1.0-rc and 1.0-RC are two versions.
 */
export function checkPackageVersion(text: string, taken: readonly string[]): PackageVersionCheck {
  const version = cleanLine(text)
  if (version === '') return { kind: 'ok', version: nextVersion(taken) }
  if (countCharacters(version) > packageVersionLimit) return refused('version-too-long')
  if (!versionText.test(version)) return refused('version-invalid')
  if (taken.includes(version)) return refused('version-taken')
  return { kind: 'ok', version }
}

/** The next automatic version: 1.0, 2.0 …, above every number in use and never one that is taken. */
export function nextVersion(taken: readonly string[]): string {
  const highest = Math.max(0, ...taken.map((version) => Number(numbered.exec(version)?.[1] ?? 0)))
  let next = highest + 1
  while (taken.includes(`${next}.0`)) next += 1
  return `${next}.0`
}

const refused = (reason: PackageVersionRefusal): PackageVersionCheck => ({ kind: 'refused', reason })
