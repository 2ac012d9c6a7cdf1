import type { Tx } from '@packline/database/client.ts'
import type { PlannedRelease } from '@packline/domain/releases/plan-release.ts'
import type { Actor } from '../../platform/actor.ts'
import { auditEach } from '../../platform/audit.ts'
import { recordReleaseEvents } from '../../platform/events.ts'
import { bumpPacks, type LockedPack } from '../integration-packs/integration-packs.store.ts'
import { clearLeaving, markLeaving, markStaying } from '../integration-packs/pack-items.store.ts'
import * as store from './releases.store.ts'

export type Confirmed = {
  actor: Actor
  pack: LockedPack
  plan: PlannedRelease
  /** It takes the place of the scheduled release, also for whoever polls that one. */
  keepsRequestId: boolean
}
type Saved = Confirmed & { release: store.InsertedRelease; replaced: store.LockedRelease | undefined }

/**
 * Writes planned releases of different packs, whose locks the caller holds, with all that follows from them: what they
 * take the place of, the packs' rows, the audit and the events. Gives the release of each pack.
 */
export async function saveReleases(
  tx: Tx,
  confirmed: readonly Confirmed[],
  now: Temporal.Instant,
): Promise<ReadonlyMap<string, string>> {
  if (confirmed.length === 0) return new Map()
  const replaced = await replaceScheduled(tx, confirmed, now)
  const packIds = confirmed.map(({ pack }) => pack.id)
  const failed = await store.supersedeFailed(tx, packIds, now)
  const inserted = await store.insertReleases(
    tx,
    confirmed.map(({ actor, pack, plan, keepsRequestId }) => ({
      packId: pack.id,
      content: plan.content,
      schedule: plan.schedule,
      notes: plan.notes,
      isRollback: plan.changes.isRollback,
      previousReleaseId: pack.currentReleaseId,
      requestId: (keepsRequestId && replaced.get(pack.id)?.requestId) || null,
      actor,
    })),
    now,
  )
  await store.nameSuccessors(
    tx,
    [...failed, ...replaced.values()].map(({ id, packId }) => ({
      id,
      successorId: inserted.get(packId)?.id,
    })),
  )
  const saved = confirmed.flatMap((one) => {
    const release = inserted.get(one.pack.id)
    return release ? [{ ...one, release, replaced: replaced.get(one.pack.id) }] : []
  })
  await changePacks(tx, saved, now)
  await auditEach(tx, now, saved.map(auditOf))
  await recordSchedules(tx, saved, now)
  return new Map(saved.map(({ pack, release }) => [pack.id, release.id]))
}

/** The scheduled releases whose places are taken, by their packs. */
async function replaceScheduled(tx: Tx, confirmed: readonly Confirmed[], now: Temporal.Instant) {
  const locked = await store.lockReleases(
    tx,
    confirmed.flatMap(({ plan }) => plan.supersedesReleaseId ?? []),
  )
  const ids = locked.map(({ id }) => id)
  await clearLeaving(tx, ids)
  await store.markSuperseded(tx, ids, now)
  return new Map(locked.map((release) => [release.packId, release]))
}

async function changePacks(tx: Tx, saved: readonly Saved[], now: Temporal.Instant) {
  const rowsOf = (which: (plan: PlannedRelease) => readonly string[]) =>
    saved.flatMap(({ pack, plan, release }) =>
      which(plan).map((componentId) => ({ packId: pack.id, componentId, releaseId: release.id })),
    )
  await markStaying(
    tx,
    rowsOf(({ undeletedComponentIds }) => undeletedComponentIds),
  )
  await markLeaving(
    tx,
    rowsOf(({ leavingComponentIds }) => leavingComponentIds),
  )
  await bumpPacks(
    tx,
    saved.map(({ pack, actor }) => ({ packId: pack.id, actorName: actor.name })),
    now,
  )
}

function auditOf({ actor, plan, keepsRequestId, release, replaced }: Saved) {
  const { timing, releaseOn, timeZone, dueAt } = plan.schedule
  return {
    actor,
    action: `as.ipack.release ${replaced && keepsRequestId ? 'CHANGE_VERSIONS' : timing === 'DATED' ? 'SCHEDULE' : 'RELEASE_NOW'}`,
    objectType: 'release',
    objectId: release.id,
    before: replaced && { releaseId: replaced.id, ...scheduleOf(replaced) },
    after: {
      sequence: release.sequence,
      releaseOn,
      timeZone,
      dueAt: dueAt.toString(),
      packages: plan.content.map((one) => one.id),
    },
  } as const
}

async function recordSchedules(tx: Tx, saved: readonly Saved[], now: Temporal.Instant) {
  for (const { plan, actor, release, replaced } of saved) {
    if (plan.schedule.timing !== 'DATED') continue
    const event = {
      releaseIds: [release.id],
      at: now,
      actor: { userId: actor.userId, name: actor.name },
    }
    await recordReleaseEvents(
      tx,
      replaced
        ? { ...event, type: 'release.changed', data: { change: 'versions', before: scheduleOf(replaced) } }
        : { ...event, type: 'release.scheduled' },
    )
  }
}

const scheduleOf = ({ releaseOn, timeZone }: store.LockedRelease) => ({ releaseOn, timeZone })
