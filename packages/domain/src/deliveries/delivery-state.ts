/** How far a node is with a release that it should run (D-19). */
export type DeliveryState = 'WAITING' | 'DOWNLOADING' | 'ACTIVE' | 'FAILED' | 'SUPERSEDED'

/** What a node says of itself. */
export type ReportedState = 'DOWNLOADING' | 'ACTIVE' | 'FAILED'

/**
 * What becomes of a delivery when its node reports. Reports may come twice and late: what runs is not taken for being
 * fetched again, only for having failed when the node says so.
 */
const afterReport: Record<DeliveryState, Record<ReportedState, DeliveryState>> = {
  WAITING: { DOWNLOADING: 'DOWNLOADING', ACTIVE: 'ACTIVE', FAILED: 'FAILED' },
  DOWNLOADING: { DOWNLOADING: 'DOWNLOADING', ACTIVE: 'ACTIVE', FAILED: 'FAILED' },
  FAILED: { DOWNLOADING: 'DOWNLOADING', ACTIVE: 'ACTIVE', FAILED: 'FAILED' },
  ACTIVE: { DOWNLOADING: 'ACTIVE', ACTIVE: 'ACTIVE', FAILED: 'FAILED' },
  SUPERSEDED: { DOWNLOADING: 'DOWNLOADING', ACTIVE: 'ACTIVE', FAILED: 'FAILED' },
}

export type ReportDecision =
  | { kind: 'taken'; state: DeliveryState; isChange: boolean; countsAsAttempt: boolean }
  | { kind: 'refused'; reason: 'release-superseded' }

/**
 * Decides what a node's report does to its delivery. Only of the release that its attachment runs now: whatever it says
 * of another one is overtaken. `state` is null where nothing is kept yet, which is the same as waiting.
 */
export function takeReport(
  { wantedReleaseId, state }: { wantedReleaseId: string; state: DeliveryState | null },
  report: { releaseId: string; state: ReportedState },
): ReportDecision {
  if (report.releaseId !== wantedReleaseId) return { kind: 'refused', reason: 'release-superseded' }
  const next = afterReport[state ?? 'WAITING'][report.state]
  return {
    kind: 'taken',
    state: next,
    isChange: next !== state,
    countsAsAttempt: next === 'FAILED',
  }
}

/** What an Atom with several nodes is in: the first of these that one of its nodes is in. */
const firstToTell: readonly DeliveryState[] = ['FAILED', 'DOWNLOADING', 'WAITING', 'ACTIVE', 'SUPERSEDED']

/**
 * How far an Atom is, from its nodes: what one of them failed at is what people must see, and a Molecule is active when
 * all its nodes are. Undefined without nodes.
 */
export const deliveryOfAtom = (nodes: readonly DeliveryState[]): DeliveryState | undefined =>
  firstToTell.find((state) => nodes.includes(state))
