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
 * The same for many people of an account at once: each has an outcome of its own, in their order, as if they had come one
 * after the other. A pack that cannot be locked at once is let alone, so that nobody waits for another's pack.
 */
export async function createReleases(
  tx: Tx,
  scope: AccountScope,
  confirmations: readonly Confirmation[],
  now: Temporal.Instant,
): Promise<(CreateReleaseOutcome | { kind: 'pack-not-free' })[]> {
  const outcomes = new Map<Confirmation, CreateReleaseOutcome>()
  let open = confirmations
  while (open.length > 0) {
    // Read anew each time: a release that was made before has changed its pack.
    const packIds = new Set(open.map(({ input }) => input.packId))
    const packs = new Map((await lockFreePacks(tx, scope, [...packIds])).map((pack) => [pack.id, pack]))
    const locked = []
    for (const confirmation of open) {
      const pack = packs.get(confirmation.input.packId)
      if (pack && confirmation.input.isCurrent(pack.version)) locked.push({ confirmation, pack })
      else if (pack) outcomes.set(confirmation, { kind: 'pack-unavailable', reason: 'pack-changed' })
    }
    const decided = await createLocked(
      tx,
      locked.map(({ confirmation, pack }) => ({ ...confirmation, pack })),
      now,
    )
    for (const [index, { confirmation }] of locked.entries()) {
      const outcome = decided[index]
      if (outcome) outcomes.set(confirmation, outcome)
    }
    open = locked.flatMap(({ confirmation }) => (outcomes.has(confirmation) ? [] : confirmation))
  }
  return confirmations.map((confirmation) => outcomes.get(confirmation) ?? { kind: 'pack-not-free' })
}

/** Undefined for whoever comes after a release of the same pack, which has changed it. */
async function createLocked(
  tx: Tx,
  confirmations: readonly Locked[],
  now: Temporal.Instant,
): Promise<(CreateReleaseOutcome | undefined)[]> {
  const decided = await decide(tx, confirmations, now)
  const planned = decided.flatMap((one) => (one?.plan.kind === 'planned' ? [{ ...one, plan: one.plan }] : []))
  const releaseIds = await saveReleases(tx, planned, now)
  const idOf = ({ id }: LockedPack) => releaseIds.get(id) ?? notSaved()
  const saved = planned.map(({ pack, plan }) => ({ releaseId: idOf(pack), plan }))
  if (await isLeftToJob(tx, saved, now)) await notifyReleaseJob(tx)
  await notifyChanges(tx, { releaseIds: [...releaseIds.values()] })
  return decided.map((one) => {
    if (!one) return undefined
    const { pack, plan, state } = one
    return plan.kind === 'planned'
      ? { kind: 'created', releaseId: idOf(pack) }
      : { kind: 'refused', refusal: plan, pack: state }
  })
}

function notSaved(): never {
  throw new Error('A planned release was not saved')
}

/** What comes of each, up to the first of each pack that is planned. */
async function decide(tx: Tx, confirmations: readonly Locked[], now: Temporal.Instant) {
  if (confirmations.length === 0) return []
  const asked = confirmations.flatMap(({ pack, input }) =>
    input.selections.map(({ packageId }) => ({ packId: pack.id, packageId })),
  )
  await holdPackages(
    tx,
    asked.map(({ packageId }) => packageId),
  )
  const packs = [...new Map(confirmations.map(({ pack }) => [pack.id, pack])).values()]
  const states = await loadPackStates(tx, packs, asked)
  const stateOf = new Map(packs.map(({ id }, index) => [id, states[index]]))
  const planned = new Set<string>()
  const decided = []
  for (const { actor, input, pack } of confirmations) {
    const state = stateOf.get(pack.id)
    if (!state || planned.has(pack.id)) {
      decided.push(undefined)
      continue
    }
    const plan = await planIn(tx, input, { ...input, pack: state, scheduler: actor, now })
    if (plan.kind === 'planned') planned.add(pack.id)
    decided.push({ actor, pack, state, plan, keepsRequestId: input.replaces !== undefined })
  }
  return decided
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
