const release = /^(\d{4})([a-z]{1,2})$/

/** Is this release of the IANA zone data, such as 2026f, later than that one? False where either is no release name. */
export function isNewerZoneData(candidate: string, inUse: string): boolean {
  const [, year = '', letter = ''] = release.exec(candidate) ?? []
  const [, yearInUse = '', letterInUse = ''] = release.exec(inUse) ?? []
  if (year === '' || yearInUse === '') return false
  if (year !== yearInUse) return Number(year) > Number(yearInUse)
  // After z comes za.
  return letter.length === letterInUse.length ? letter > letterInUse : letter.length > letterInUse.length
}
