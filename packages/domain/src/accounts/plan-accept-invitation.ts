import { type InvitationFacts, invitationStanding } from './invitation-standing.ts'
import { type IsLeaked, judgePassword, type PasswordRefusal } from './password-rules.ts'
import { checkPersonName } from './person-name.ts'

export type InvitationLinkRefusal =
  | 'invitation-unknown'
  | 'invitation-accepted'
  | 'invitation-withdrawn'
  | 'invitation-expired'

/** May this link still be used? A link that nobody made says no more than one that a newer one replaced. */
export function judgeInvitationLink(
  invitation: InvitationFacts | undefined,
): { kind: 'open' } | { kind: 'refused'; reason: InvitationLinkRefusal } {
  if (!invitation) return { kind: 'refused', reason: 'invitation-unknown' }
  const standing = invitationStanding(invitation)
  return standing === 'open' ? { kind: 'open' } : { kind: 'refused', reason: `invitation-${standing}` }
}

export type NewPersonDraft = {
  firstName: string
  lastName: string
  /** None for whoever signs in otherwise. */
  password?: string | undefined
}

export type NewPersonRefusal = PasswordRefusal | 'name-empty' | 'first-name-too-long' | 'last-name-too-long'

/** What somebody who has no user yet says of themselves. Others will read the name in lists, so there has to be one. */
export function planNewPerson(
  draft: NewPersonDraft,
  email: string,
  isLeaked: IsLeaked,
): { kind: 'planned'; firstName: string; lastName: string } | { kind: 'refused'; reason: NewPersonRefusal } {
  const first = checkPersonName(draft.firstName)
  if (first.kind === 'refused') return { kind: 'refused', reason: 'first-name-too-long' }
  const last = checkPersonName(draft.lastName)
  if (last.kind === 'refused') return { kind: 'refused', reason: 'last-name-too-long' }
  if (first.name === '' && last.name === '') return { kind: 'refused', reason: 'name-empty' }
  if (draft.password !== undefined) {
    const judged = judgePassword(draft.password, email, isLeaked)
    if (judged.kind === 'refused') return judged
  }
  return { kind: 'planned', firstName: first.name, lastName: last.name }
}
