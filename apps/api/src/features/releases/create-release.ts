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
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { notifyChanges } from '../../platform/change-signal.ts'
import { recordReleaseEvents } from '../../platform/events.ts'
import { notifyReleaseJob } from '../../platform/release-signal.ts'
import {
  bumpPack,
  type LoadedPackState,
  type LockedPack,
  loadPackState,
  lockPackAsSeen,
} from '../integration-packs/integration-packs.store.ts'
import { clearLeaving, markLeaving, markStaying } from '../integration-packs/pack-items.store.ts'
import { batchSize, advanceReleases } from './release-due.ts'
import { claimRelease } from './release-queue.store.ts'
import * as store from './releases.store.ts'

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
  const { pack } = lock

  const packageIds = input.selections.map(({ packageId }) => packageId)
  await store.holdPackages(tx, packageIds)
  const state = await loadPackState(tx, pack, packageIds)
  const request = { ...input, pack: state, scheduler: actor, now }
  const plan = await planIn(tx, input, request)
  if (plan.kind === 'refused') return { kind: 'refused', refusal: plan, pack: state }

  const releaseId = await saveRelease(tx, actor, {
    pack,
    plan,
    now,
    keepsRequestId: input.replaces !== undefined,
  })
  if (await isLeftToJob(tx, { releaseId, plan, now })) await notifyReleaseJob(tx)
  await notifyChanges(tx, { releaseIds: [releaseId] })
  return { kind: 'created', releaseId }
}

/** Carries an immediate release out as far as one transaction goes; a dated one the job finds by itself, unless it is near. */
async function isLeftToJob(
  tx: Tx,
  { releaseId, plan, now }: { releaseId: string; plan: PlannedRelease; now: Temporal.Instant },
): Promise<boolean> {
  if (plan.schedule.timing === 'DATED')
    return Temporal.Instant.compare(plan.schedule.dueAt, now.add({ seconds: 10 })) < 0
  const finished = await advanceReleases(tx, await claimRelease(tx, releaseId), batchSize.installations)
  return finished.length === 0
}

/** Under the pack's lock: what was scheduled when the page was opened may have gone out or been replaced since. */
async function planIn(tx: Tx, { replaces }: ReleaseInput, request: ReleaseRequest) {
  if (replaces === undefined) return planRelease(request)
  const reason = whyNotScheduled(await store.lockRelease(tx, replaces))
  return reason === null ? planChangeVersions(request) : ({ kind: 'refused', reason } as const)
}

type Confirmed = { pack: LockedPack; plan: PlannedRelease; now: Temporal.Instant; keepsRequestId: boolean }

async function saveRelease(tx: Tx, actor: Actor, { pack, plan, now, keepsRequestId }: Confirmed) {
  const replaced = plan.supersedesReleaseId
    ? await store.lockRelease(tx, plan.supersedesReleaseId)
    : undefined
  if (replaced) {
    await clearLeaving(tx, replaced.id)
    await store.markSuperseded(tx, replaced.id, now)
  }
  const failed = await store.supersedeFailed(tx, pack.id, now)

  const { id, sequence } = await store.insertRelease(tx, {
    packId: pack.id,
    content: plan.content,
    schedule: plan.schedule,
    notes: plan.notes,
    isRollback: plan.changes.isRollback,
    previousReleaseId: pack.currentReleaseId,
    requestId: (keepsRequestId && replaced?.requestId) || null,
    actor,
    now,
  })
  await store.nameSuccessor(tx, [...failed, ...(replaced ? [replaced.id] : [])], id)
  await markStaying(tx, pack.id, plan.undeletedComponentIds)
  await markLeaving(tx, pack.id, plan.leavingComponentIds, id)
  await bumpPack(tx, pack.id, actor.name, now)

  const { timing, releaseOn, timeZone, dueAt } = plan.schedule
  await audit(tx, actor, now, {
    action: `as.ipack.release ${replaced && keepsRequestId ? 'CHANGE_VERSIONS' : timing === 'DATED' ? 'SCHEDULE' : 'RELEASE_NOW'}`,
    objectType: 'release',
    objectId: id,
    before: replaced && { releaseId: replaced.id, ...scheduleOf(replaced) },
    after: {
      sequence,
      releaseOn,
      timeZone,
      dueAt: dueAt.toString(),
      packages: plan.content.map((one) => one.id),
    },
  })
  if (timing === 'DATED') {
    const event = { releaseIds: [id], at: now, actor: { userId: actor.userId, name: actor.name } }
    await recordReleaseEvents(
      tx,
      replaced
        ? { ...event, type: 'release.changed', data: { change: 'versions', before: scheduleOf(replaced) } }
        : { ...event, type: 'release.scheduled' },
    )
  }
  return id
}

const scheduleOf = ({ releaseOn, timeZone }: store.LockedRelease) => ({ releaseOn, timeZone })
