/** The release of the IANA zone data this process computes with, such as 2026c. */
export const zoneDataInUse = process.versions.tz ?? 'unknown'
