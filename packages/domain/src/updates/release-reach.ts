export type ReleaseReach = 'update' | 'already-applied' | 'detached' | 'not-shared'

/**
 * What a release does with an attachment when it goes out. It updates every attachment that is still attached and
 * shared and does not run it yet: also one that applied another release early (R-31, D-3), one without an Atom
 * and one of a suspended account, to whose Atoms delivery waits (D-20). One that applied it early keeps its
 * version number; an un-shared one keeps its release (D-4).
 */
export function releaseReach(
  attachment: { releaseId: string; isDetached: boolean; isShared: boolean },
  goingOutReleaseId: string,
): ReleaseReach {
  if (attachment.isDetached) return 'detached'
  if (attachment.releaseId === goingOutReleaseId) return 'already-applied'
  return attachment.isShared ? 'update' : 'not-shared'
}
