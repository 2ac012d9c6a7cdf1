import type { Tx } from '@packline/database/client.ts'
import {
  type PlannedRelease,
  planRelease,
  type ReleaseRefusal,
  type ReleaseRequest,
} from '@packline/domain/releases/plan-release.ts'
import { planChangeVersions } from '@packline/domain/releases/plan-change-versions.ts'
import type { VersionSelection } from '@packline/domain/releases/release-content.ts'
import type { ReleaseOption } from '@packline/domain/releases/release-schedule.ts'
import { type NotScheduledRefusal, whyNotScheduled } from '@packline/domain/releases/release-status.ts'
import type { AccountScope, Actor } from '../../platform/actor.ts'
import { notifyChanges } from '../../platform/change-signal.ts'
import { notifyReleaseJob } from '../../platform/release-signal.ts'
import {
  type LoadedPackState,
  type LockedPack,
  loadPackStates,
  lockFreePacks,
  lockPackAsSeen,
} from '../integration-packs/integration-packs.store.ts'
import { batchSize, advanceReleases } from './release-due.ts'
import { claimReleases } from './release-queue.store.ts'
import { holdPackages, lockRelease } from './releases.store.ts'
import { saveReleases } from './save-releases.ts'

export type ReleaseInput = {
  packId: string
  /** Given for Change versions: the scheduled release that this one replaces. */
  replaces?: string
  selections: readonly VersionSelection[]
  option: ReleaseOption
  notes: string
  /** Does the caller's copy of the pack still stand? */
  isCurrent: (packVersion: number) => boolean
}

export type CreateReleaseOutcome =
  | { kind: 'created'; releaseId: string }
  | { kind: 'pack-unavailable'; reason: 'pack-missing' | 'pack-changed' }
  | {
      kind: 'refused'
      refusal: ReleaseRefusal | { kind: 'refused'; reason: NotScheduledRefusal }
      pack: LoadedPackState
    }

type Confirmation = { actor: Actor; input: ReleaseInput }
type Locked = Confirmation & { pack: LockedPack }

/**
 * Releases a pack at once or on a date, or replaces its scheduled release by other versions. An immediate release is
 * carried out here, in the same transaction and by the same code as a dated one; a large install base is left to the
 * background job after the first part.
 */
export async function createRelease(
  tx: Tx,
  actor: Actor,
  input: ReleaseInput,
  now: Temporal.Instant,
): Promise<CreateReleaseOutcome> {
  const lock = await lockPackAsSeen(tx, actor.accountId, input)
  if (lock.kind === 'refused') return { kind: 'pack-unavailable', reason: lock.reason }
  const [outcome] = await createLocked(tx, [{ actor, input, pack: lock.pack }], now)
  if (!outcome) throw new Error('Every confirmation has an outcome')
  return outcome
}

/**
 * The same for many people who confirm releases of different packs of their account at once: each has an outcome of
 * its own, in their order. A pack that cannot be locked at once is let alone, so that nobody waits for another's pack.
 */
export async function createReleases(
  tx: Tx,
  scope: AccountScope,
  confirmations: readonly Confirmation[],
  now: Temporal.Instant,
): Promise<(CreateReleaseOutcome | { kind: 'pack-not-free' })[]> {
  const packIds = confirmations.map(({ input }) => input.packId)
  const packs = new Map((await lockFreePacks(tx, scope, packIds)).map((pack) => [pack.id, pack]))
  const locked = confirmations.flatMap((confirmation) => {
    const pack = packs.get(confirmation.input.packId)
    return pack?.version !== undefined && confirmation.input.isCurrent(pack.version)
      ? [{ ...confirmation, pack }]
      : []
  })
  const outcomes = await createLocked(tx, locked, now)
  const byPack = new Map(locked.map(({ pack }, index) => [pack.id, outcomes[index]]))
  return packIds.map(
    (packId) =>
      byPack.get(packId) ??
      (packs.has(packId) ? { kind: 'pack-unavailable', reason: 'pack-changed' } : { kind: 'pack-not-free' }),
  )
}

async function createLocked(
  tx: Tx,
  confirmations: readonly Locked[],
  now: Temporal.Instant,
): Promise<CreateReleaseOutcome[]> {
  if (confirmations.length === 0) return []
  const asked = confirmations.flatMap(({ pack, input }) =>
    input.selections.map(({ packageId }) => ({ packId: pack.id, packageId })),
  )
  await holdPackages(
    tx,
    asked.map(({ packageId }) => packageId),
  )
  const states = await loadPackStates(
    tx,
    confirmations.map(({ pack }) => pack),
    asked,
  )
  const decided = []
  for (const [index, { actor, input, pack }] of confirmations.entries()) {
    const state = states[index]
    if (!state) throw new Error('Every locked pack has a state')
    const plan = await planIn(tx, input, { ...input, pack: state, scheduler: actor, now })
    decided.push({ actor, input, pack, state, plan })
  }
  const planned = decided.flatMap(({ plan, input, ...one }) =>
    plan.kind === 'planned' ? [{ ...one, plan, keepsRequestId: input.replaces !== undefined }] : [],
  )
  const releaseIds = await saveReleases(tx, planned, now)
  const saved = planned.map(({ pack, plan }) => ({ releaseId: releaseIds.get(pack.id) ?? '', plan }))
  if (await isLeftToJob(tx, saved, now)) await notifyReleaseJob(tx)
  await notifyChanges(tx, { releaseIds: [...releaseIds.values()] })
  return decided.map(({ pack, plan, state }) =>
    plan.kind === 'planned'
      ? { kind: 'created', releaseId: releaseIds.get(pack.id) ?? '' }
      : { kind: 'refused', refusal: plan, pack: state },
  )
}

/** Carries immediate releases out as far as one transaction goes; dated ones the job finds by itself, unless they are near. */
async function isLeftToJob(
  tx: Tx,
  saved: readonly { releaseId: string; plan: PlannedRelease }[],
  now: Temporal.Instant,
): Promise<boolean> {
  const isNear = ({ plan }: { plan: PlannedRelease }) =>
    plan.schedule.timing === 'DATED' &&
    Temporal.Instant.compare(plan.schedule.dueAt, now.add({ seconds: 10 })) < 0
  const immediate = saved.filter(({ plan }) => plan.schedule.timing === 'IMMEDIATE')
  if (immediate.length === 0) return saved.some(isNear)
  const claimed = await claimReleases(
    tx,
    immediate.map(({ releaseId }) => releaseId),
  )
  const finished = await advanceReleases(tx, claimed, batchSize.installations)
  return finished.length < immediate.length || saved.some(isNear)
}

/** Under the pack's lock: what was scheduled when the page was opened may have gone out or been replaced since. */
async function planIn(tx: Tx, { replaces }: ReleaseInput, request: ReleaseRequest) {
  if (replaces === undefined) return planRelease(request)
  const reason = whyNotScheduled(await lockRelease(tx, replaces))
  return reason === null ? planChangeVersions(request) : ({ kind: 'refused', reason } as const)
}
