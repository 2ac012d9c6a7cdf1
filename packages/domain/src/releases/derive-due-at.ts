import { type ReleaseWindow, releaseWindow } from '../time/release-window.ts'

export type DerivedDue =
  | { kind: 'unchanged' }
  | { kind: 'moved'; dueAt: Temporal.Instant; window: ReleaseWindow }
  | { kind: 'zone-unknown' }

/**
 * Derives a scheduled release's due instant again, for when the zone data has changed: date and zone are the truth
 * (D-25). With a zone that this data does not have, the stored instant stays and someone must be told.
 */
export function deriveDueAt(release: {
  releaseOn: string
  timeZone: string
  dueAt: Temporal.Instant
}): DerivedDue {
  let window: ReleaseWindow
  try {
    window = releaseWindow(release.releaseOn, release.timeZone)
  } catch (error) {
    if (error instanceof RangeError) return { kind: 'zone-unknown' }
    throw error
  }
  return window.start.equals(release.dueAt)
    ? { kind: 'unchanged' }
    : { kind: 'moved', dueAt: window.start, window }
}
