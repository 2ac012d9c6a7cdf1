import { packRows } from '@packline/domain/packs/pack-rows.ts'
import { itemsAfterRelease } from '@packline/domain/releases/items-after-release.ts'
import { planCancel } from '@packline/domain/releases/plan-cancel.ts'
import { planRelease } from '@packline/domain/releases/plan-release.ts'
import type { VersionSelection } from '@packline/domain/releases/release-content.ts'
import type { ReleaseOption } from '@packline/domain/releases/release-schedule.ts'
import { rollbackSelection } from '@packline/domain/releases/rollback-selection.ts'
import { publisherId } from '../demo-accounts.ts'
import { demoId } from '../demo-id.ts'
import { reachInstallBase } from './install-base.ts'
import {
  changePack,
  type HistoryRelease,
  type PackHistory,
  packStateAt,
  refusedBy,
  type Step,
  tell,
} from './pack-history.ts'

type Confirmation = Step & { notes: string }

/** Releases at once what the wizard preselects: the latest version of every row. */
export function releaseNow(history: PackHistory, step: Confirmation) {
  goOut(history, confirm(history, { ...step, option: { kind: 'immediate' } }), step.at)
}

/** Schedules what the wizard preselects for a date in the scheduler's zone. */
export function scheduleRelease(history: PackHistory, { on, ...step }: Confirmation & { on: string }) {
  return confirm(history, { ...step, option: { kind: 'dated', date: on } })
}

/** Releases at once what an earlier release contained. */
export function rollBackTo(history: PackHistory, sequence: number, step: Confirmation) {
  const earlier = history.releases.find((release) => release.sequence === sequence)
  const { selections } = rollbackSelection(earlier?.content ?? [], packStateAt(history, step.at))
  goOut(history, confirm(history, { ...step, selections, option: { kind: 'immediate' } }), step.at)
}

/** The scheduled release goes out a moment after its window has begun, as the background job does it. */
export function passReleaseDate(history: PackHistory, release: HistoryRelease) {
  goOut(history, release, release.schedule.dueAt.add({ milliseconds: 140 }))
}

type Confirmed = Confirmation & { option: ReleaseOption; selections?: readonly VersionSelection[] }

function confirm(history: PackHistory, { at, by, notes, option, selections }: Confirmed): HistoryRelease {
  const pack = packStateAt(history, at)
  const preselected = packRows(pack).flatMap(({ componentId, defaultVersion }) =>
    defaultVersion ? [{ componentId, packageId: defaultVersion.id }] : [],
  )
  const request = { pack, selections: selections ?? preselected, option, notes, scheduler: by, now: at }
  const plan = planRelease(request)
  if (plan.kind === 'refused') throw refusedBy(history.pack.name, plan.reason)
  if (plan.supersedesReleaseId !== null) throw refusedBy(history.pack.name, 'supersedes another release')

  const sequence = history.releases.length + 1
  const release: HistoryRelease = {
    id: demoId('release', history.pack.name, sequence),
    sequence,
    status: 'SCHEDULED',
    schedule: plan.schedule,
    content: plan.content,
    scheduler: by,
    notes: plan.notes,
    isRollback: plan.changes.isRollback,
    previousReleaseId: history.currentReleaseId,
    confirmedAt: at,
    changedAt: at,
    outAt: null,
    cancelled: null,
    fanOutCursor: null,
    fanOutCount: 0,
  }
  history.releases.push(release)
  history.items = history.items.map((item) =>
    plan.leavingComponentIds.includes(item.componentId) ? { ...item, leavesWithReleaseId: release.id } : item,
  )
  const { timing, releaseOn, timeZone, dueAt } = plan.schedule
  changePack(
    history,
    { at, by },
    {
      action: `as.ipack.release ${timing === 'DATED' ? 'SCHEDULE' : 'RELEASE_NOW'}`,
      objectType: 'release',
      objectId: release.id,
      after: {
        sequence,
        releaseOn,
        timeZone,
        dueAt: dueAt.toString(),
        packages: plan.content.map(({ id }) => id),
      },
    },
  )
  return release
}

function goOut(history: PackHistory, release: HistoryRelease, at: Temporal.Instant) {
  const { id, sequence, schedule, content, scheduler } = release
  const previousReleaseId = history.currentReleaseId
  Object.assign(release, { status: 'SUCCESS', previousReleaseId, outAt: at, changedAt: at })
  history.currentReleaseId = id
  const addedAt = new Map(history.items.map((item) => [item.componentId, item.addedAt]))
  const removedAt = new Map(history.items.map((item) => [item.componentId, item.removedAt]))
  const componentIds = content.map(({ componentId }) => componentId)
  history.items = itemsAfterRelease(history.items, { id, componentIds }).map((item) => ({
    ...item,
    addedAt: addedAt.get(item.componentId) ?? release.confirmedAt,
    removedAt: removedAt.get(item.componentId) ?? null,
  }))

  history.version += 1
  history.changed = { at, byName: scheduler.name }
  tell(history, {
    at,
    author: { id: scheduler.id, name: scheduler.name, bySchedule: true },
    accountId: publisherId,
    action: 'as.ipack.release RELEASE',
    objectType: 'release',
    objectId: id,
    before: { releaseId: previousReleaseId },
    after: { releaseId: id, sequence, timing: schedule.timing, dueAt: schedule.dueAt.toString() },
  })
  reachInstallBase(history, release, at)
}

/** Cancels a scheduled release that nobody has applied early. */
export function cancelRelease(
  history: PackHistory,
  release: HistoryRelease,
  { at, by, reason }: Step & { reason: string },
) {
  const plan = planCancel({ ...release, timing: release.schedule.timing }, reason)
  if (plan.kind === 'refused') throw refusedBy(history.pack.name, plan.reason)
  const { releaseOn, timeZone } = release.schedule
  const cancelled = { by, reason: plan.cancelReason }
  Object.assign(release, { status: 'CANCELLED', changedAt: at, cancelled })
  history.items = history.items.map((item) =>
    item.leavesWithReleaseId === release.id ? { ...item, leavesWithReleaseId: null } : item,
  )
  changePack(
    history,
    { at, by },
    {
      action: 'as.ipack.release CANCEL',
      objectType: 'release',
      objectId: release.id,
      before: { releaseOn, timeZone, scheduledBy: release.scheduler.name },
      after: { reason: plan.cancelReason, withdrawnFrom: 0 },
    },
  )
}
