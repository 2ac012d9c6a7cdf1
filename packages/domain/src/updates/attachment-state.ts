import { type DeliveryCount, numberOf } from '../releases/delivery-count.ts'

export type AttachmentFacts = {
  /** What the attachment runs, and its number there. */
  releaseId: string
  versionNumber: number
  installation: DeliveryCount
  /** It applied `releaseId` by hand, and that release is not current everywhere yet. */
  appliedEarly: boolean
  /** It was attached again after such an apply: back on the current release, not offered by hand (D-18). */
  reattachedAfterEarlyApply: boolean
  /**
   * The release of the pack that this account has applied early anywhere and that is not out yet, null when none: no
   * other one may follow (D-17). Detaching where it was applied does not lift that.
   */
  accountLockedToReleaseId: string | null
  hasAtom: boolean
  isShared: boolean
}

export type AttachmentState =
  | { kind: 'on-current'; versionNumber: number }
  /** May be applied by hand now. */
  | { kind: 'offered'; versionNumber: number; pendingNumber: number }
  /** Gets the scheduled release on its date; Pending stays blank. */
  | { kind: 'waits-for-date'; versionNumber: number; why: 'no-atom' | 'reattached' | 'locked' }
  | { kind: 'applied-early'; versionNumber: number }
  /** A release is going out and has not reached it yet. */
  | { kind: 'updating'; versionNumber: number; nextNumber: number }
  | { kind: 'no-longer-shared'; versionNumber: number }

/** Where an attachment stands between the pack's current and its scheduled release (R-56, R-65, R-69, D-3, D-4). */
export function attachmentState(
  attachment: AttachmentFacts,
  pack: { currentReleaseId: string; scheduledReleaseId: string | null },
): AttachmentState {
  const { releaseId, versionNumber, installation } = attachment
  if (!attachment.isShared) return { kind: 'no-longer-shared', versionNumber }
  if (attachment.appliedEarly && releaseId !== pack.currentReleaseId) {
    return { kind: 'applied-early', versionNumber }
  }
  if (releaseId !== pack.currentReleaseId) {
    return { kind: 'updating', versionNumber, nextNumber: numberOf(installation, pack.currentReleaseId) }
  }
  if (pack.scheduledReleaseId === null) return { kind: 'on-current', versionNumber }

  const why = whyNotOffered(attachment, pack.scheduledReleaseId)
  return why === null
    ? { kind: 'offered', versionNumber, pendingNumber: numberOf(installation, pack.scheduledReleaseId) }
    : { kind: 'waits-for-date', versionNumber, why }
}

function whyNotOffered(attachment: AttachmentFacts, scheduledReleaseId: string) {
  const locked = attachment.accountLockedToReleaseId
  if (locked !== null && locked !== scheduledReleaseId) return 'locked'
  if (attachment.reattachedAfterEarlyApply) return 'reattached'
  return attachment.hasAtom ? null : 'no-atom'
}
