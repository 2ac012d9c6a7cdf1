import { canonicalTimeZone } from '../time/zones.ts'
import { checkPersonName } from './person-name.ts'

/** What is left out stays as it is. */
export type ProfileDraft = { firstName?: string; lastName?: string; timeZone?: string }

export type EditProfileRefusal = 'first-name-too-long' | 'last-name-too-long' | 'time-zone-unknown'

export type EditProfilePlan =
  | { kind: 'planned'; changes: ProfileDraft }
  | { kind: 'refused'; reason: EditProfileRefusal }

/** Plans a change of User Information: names as they are stored, the zone under its modern name (D-14, R-45). */
export function planEditProfile(draft: ProfileDraft): EditProfilePlan {
  const changes: ProfileDraft = {}
  if (draft.firstName !== undefined) {
    const check = checkPersonName(draft.firstName)
    if (check.kind === 'refused') return { kind: 'refused', reason: 'first-name-too-long' }
    changes.firstName = check.name
  }
  if (draft.lastName !== undefined) {
    const check = checkPersonName(draft.lastName)
    if (check.kind === 'refused') return { kind: 'refused', reason: 'last-name-too-long' }
    changes.lastName = check.name
  }
  if (draft.timeZone !== undefined) {
    const timeZone = canonicalTimeZone(draft.timeZone)
    if (timeZone === undefined) return { kind: 'refused', reason: 'time-zone-unknown' }
    changes.timeZone = timeZone
  }
  return { kind: 'planned', changes }
}
