import type { Tx } from '@packline/database/client.ts'
import {
  type EditProfileRefusal,
  planEditProfile,
  type ProfileDraft,
} from '@packline/domain/accounts/plan-edit-profile.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { lockUser, saveProfile } from './users.store.ts'

export type EditProfileOutcome =
  | { kind: 'edited' }
  | { kind: 'refused'; reason: EditProfileRefusal | 'user-not-found' }

/** Changes the names and the time zone of the one who asks. */
export async function editProfile(
  tx: Tx,
  actor: Actor,
  now: Temporal.Instant,
  draft: ProfileDraft,
): Promise<EditProfileOutcome> {
  const plan = planEditProfile(draft)
  if (plan.kind === 'refused') return plan

  const user = await lockUser(tx, actor.userId)
  if (!user) return { kind: 'refused', reason: 'user-not-found' }
  const { firstName, lastName, timeZone } = user
  const before = { firstName, lastName, timeZone }
  await saveProfile(tx, user.id, plan.changes)
  await audit(tx, actor, now, {
    action: 'user UPDATE PROFILE',
    objectType: 'user',
    objectId: user.id,
    before,
    after: { ...before, ...plan.changes },
  })
  return { kind: 'edited' }
}
