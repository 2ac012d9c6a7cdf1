import { zoneAliases } from './zone-aliases.ts'

const areaAndLocation = /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)+$/

const namesWithoutArea = new Map(
  ['UTC', 'GMT', ...Object.keys(zoneAliases).filter((name) => !name.includes('/'))].map((name) => [
    name.toLowerCase(),
    name,
  ]),
)

/**
 * The name under which a zone is stored, or undefined when the text is not an accepted zone name (D-14, R-45).
 * Accepted in any letter case: every Area/Location name of the zone data in use, Etc/GMT+5 and its like included
 * (they are zones of the IANA database, not bare offsets), UTC, GMT and the whole-word aliases such as Japan.
 * Aliases come back under their modern name. Refused: abbreviations (IST is India to one engine and Israel to
 * another, EST has no summer time), offsets (+05:30), empty text, surrounding spaces.
 */
export function canonicalTimeZone(name: string): string | undefined {
  const known = areaAndLocation.test(name) ? idInZoneData(name) : namesWithoutArea.get(name.toLowerCase())
  return known === undefined ? undefined : (zoneAliases[known] ?? known)
}

/** The zones a picker offers, under their stored names, in alphabetical order. A list to choose from, not a validator. */
export function timeZonesToOffer(): readonly string[] {
  const names = Intl.supportedValuesOf('timeZone').flatMap((name) => canonicalTimeZone(name) ?? [])
  return [...new Set(['UTC', ...names])].sort()
}

/** Temporal mends the letter case and throws for what the zone data does not have. */
function idInZoneData(name: string): string | undefined {
  try {
    return new Temporal.ZonedDateTime(0n, name).timeZoneId
  } catch {
    return undefined
  }
}
