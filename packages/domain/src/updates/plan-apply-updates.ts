import { numberOf } from '../releases/delivery-count.ts'
import { type AttachmentFacts, attachmentState } from './attachment-state.ts'

/** A pack attached to the environment, as it stands under its lock. */
export type PackToUpdate = {
  attachmentId: string
  facts: AttachmentFacts
  pack: { currentReleaseId: string; scheduledReleaseId: string | null }
}

/** Why a pending update is not applied by hand, for one pack of the list. */
export type ApplyRefusal =
  | 'nothing-pending'
  | 'no-atom'
  | 'reattached'
  | 'locked'
  | 'already-applied'
  | 'release-in-progress'
  | 'no-longer-shared'
  | 'pending-changed'
  | 'not-confirmed'
  | 'not-attached'

export type ApplyStep =
  | { kind: 'apply'; attachmentId: string; releaseId: string; fromNumber: number; toNumber: number }
  | { kind: 'refused'; attachmentId: string; reason: ApplyRefusal }

/** What the person saw in the list and confirmed: which release each attachment would get. */
export type SeenUpdate = { attachmentId: string; releaseId: string }

/**
 * Decides for one pack whether its pending update is applied now (R-65, R-67 to R-69, D-17, D-18). Each pack of the list
 * is decided on its own, so that one refusal does not hold up the others (D-24). With `seen`, only what was confirmed
 * is applied: neither a release that has taken the place of the one seen, nor a pack that became pending since.
 */
export function planApplyUpdate(
  { attachmentId, facts, pack }: PackToUpdate,
  seen: readonly SeenUpdate[] | undefined,
): ApplyStep {
  const refused = (reason: ApplyRefusal): ApplyStep => ({ kind: 'refused', attachmentId, reason })
  const state = attachmentState(facts, pack)
  const releaseId = pack.scheduledReleaseId
  if (state.kind !== 'offered' || releaseId === null) {
    const confirmed = seen?.find((one) => one.attachmentId === attachmentId)
    // What was seen went out meanwhile, or somebody else applied it: nothing is left to do.
    if (confirmed?.releaseId === facts.releaseId) return refused('already-applied')
    return refused(refusalOf(state))
  }
  if (seen !== undefined) {
    const confirmed = seen.find((one) => one.attachmentId === attachmentId)
    if (!confirmed) return refused('not-confirmed')
    if (confirmed.releaseId !== releaseId) return refused('pending-changed')
  }
  return {
    kind: 'apply',
    attachmentId,
    releaseId,
    fromNumber: facts.versionNumber,
    toNumber: numberOf(facts.installation, releaseId),
  }
}

function refusalOf(state: ReturnType<typeof attachmentState>): ApplyRefusal {
  switch (state.kind) {
    case 'on-current':
    case 'offered':
      return 'nothing-pending'
    case 'waits-for-date':
      return state.why
    case 'applied-early':
      return 'already-applied'
    case 'updating':
      return 'release-in-progress'
    case 'no-longer-shared':
      return 'no-longer-shared'
  }
}
