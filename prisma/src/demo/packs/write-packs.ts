import type { Tx } from '../../client.ts'
import { groupId, publisherId } from '../demo-accounts.ts'
import { toDate } from '../demo-calendar.ts'
import { nodeOf } from '../demo-environments.ts'
import { demoId } from '../demo-id.ts'
import { deployedPackages, installedProcesses } from './deployments.ts'
import type { HistoryRelease, PackHistory } from './pack-history.ts'

/** What the histories have left behind, pack by pack in the order of the tables' references. */
export async function writePacks(tx: Tx, histories: readonly PackHistory[], zoneDataVersion: string) {
  await tx.integrationPack.createMany({ data: histories.map(packRow) })
  await tx.release.createMany({
    data: histories.flatMap(({ pack, releases }) =>
      releases.map((release) => ({ ...releaseRow(release, zoneDataVersion), packId: pack.id })),
    ),
  })
  await tx.releaseItem.createMany({
    data: histories.flatMap(({ releases }) =>
      releases.flatMap(({ id: releaseId, content }) =>
        content.map((one) => ({ releaseId, componentId: one.componentId, packageId: one.id })),
      ),
    ),
  })
  for (const { pack, currentReleaseId } of histories) {
    await tx.integrationPack.update({ where: { id: pack.id }, data: { currentReleaseId } })
  }
  await tx.packItem.createMany({
    data: histories.flatMap(({ pack, items }) =>
      items.map(({ componentId, pendingPackageId, leavesWithReleaseId, addedAt, removedAt }) => ({
        packId: pack.id,
        componentId,
        pendingPackageId,
        leavesWithReleaseId,
        addedAt: toDate(addedAt),
        removedAt: removedAt && toDate(removedAt),
      })),
    ),
  })
  await tx.accountGroupPack.createMany({
    data: histories.flatMap(({ pack, groups }) =>
      groups.map((name) => ({ groupId: groupId(name), packId: pack.id })),
    ),
  })
  await writeInstallBase(tx, histories)
}

function packRow({ pack, version, changed }: PackHistory) {
  const { createdAt, by, ...facts } = pack
  return {
    ...facts,
    accountId: publisherId,
    version,
    createdAt: toDate(createdAt),
    createdByName: by.name,
    changedAt: toDate(changed.at),
    changedByName: changed.byName,
  }
}

function releaseRow(release: HistoryRelease, zoneDataVersion: string) {
  const { schedule, scheduler, cancelled, outAt, changedAt } = release
  const out = outAt && toDate(outAt)
  return {
    id: release.id,
    sequence: release.sequence,
    requestId: demoId('release request', release.id),
    status: release.status,
    timing: schedule.timing,
    // The client takes dates as the UTC midnight of that date.
    releaseOn: schedule.releaseOn === null ? null : `${schedule.releaseOn}T00:00:00.000Z`,
    timeZone: schedule.timeZone,
    dueAt: toDate(schedule.dueAt),
    windowEndsAt: toDate(schedule.window.end),
    zoneDataVersion,
    scheduledById: scheduler.id,
    scheduledByName: scheduler.name,
    notes: release.notes,
    isRollback: release.isRollback,
    previousReleaseId: release.previousReleaseId,
    createdAt: toDate(release.confirmedAt),
    changedAt: toDate(changedAt),
    startedAt: out,
    finishedAt: out,
    ...(cancelled && {
      cancelledAt: toDate(changedAt),
      cancelledByName: cancelled.by.name,
      cancelReason: cancelled.reason,
    }),
    fanOutCursor: release.fanOutCursor,
    fanOutCount: release.fanOutCount,
    nextTryAt: toDate(schedule.dueAt),
  }
}

async function writeInstallBase(tx: Tx, histories: readonly PackHistory[]) {
  await tx.installation.createMany({
    data: histories.flatMap(({ pack, installations }) =>
      installations.map((one) => ({
        ...one,
        packId: pack.id,
        packType: pack.type,
        installedAt: toDate(one.installedAt),
      })),
    ),
  })
  await tx.attachment.createMany({
    data: histories.flatMap(({ pack, attachments }) =>
      attachments.map((one) => ({
        ...one,
        packId: pack.id,
        lastUpdatedAt: toDate(one.lastUpdatedAt),
        attachedAt: toDate(one.attachedAt),
      })),
    ),
  })
  await tx.releaseTarget.createMany({
    data: histories.flatMap(({ targets }) =>
      targets.map((one) => ({ ...one, appliedAt: toDate(one.appliedAt) })),
    ),
  })
  await tx.delivery.createMany({
    data: histories.flatMap(({ deliveries }) =>
      deliveries.map((one) => ({ ...one, nodeId: nodeOf(one.atomId), changedAt: toDate(one.changedAt) })),
    ),
  })
  await tx.deployedPackage.createMany({ data: histories.flatMap(deployedPackages) })
  await tx.installedProcess.createMany({ data: histories.flatMap(installedProcesses) })
}
