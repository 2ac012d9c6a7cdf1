import { deriveDueAt } from '@packline/domain/releases/derive-due-at.ts'
import type { FastifyBaseLogger } from 'fastify'
import { auditJob } from '../../platform/audit.ts'
import { businessNow } from '../../platform/clock.ts'
import type { Deps } from '../../platform/deps.ts'
import { notifyReleaseJob } from '../../platform/release-signal.ts'
import { zoneDataInUse } from '../../platform/zone-data.ts'
import { lockScheduledWithOlderZoneData, moveDueInstant } from './release-queue.store.ts'

/**
 * Works out the due instants of scheduled releases again whose instants stem from older zone data than this process
 * has: date and zone are the truth, and laws change between scheduling and release. Releases in a zone that this data
 * does not know keep their instant, and the log says so. Says how many moved.
 */
export function deriveDueInstants(
  deps: Deps,
  log: FastifyBaseLogger,
  zoneDataVersion = zoneDataInUse,
): Promise<number> {
  return deps.jobDb.$transaction(async (tx) => {
    const now = await businessNow(tx)
    let moved = 0
    for (const release of await lockScheduledWithOlderZoneData(tx, zoneDataVersion)) {
      const derived = deriveDueAt({
        ...release,
        dueAt: Temporal.Instant.fromEpochMilliseconds(release.dueAt.getTime()),
      })
      if (derived.kind === 'zone-unknown') {
        log.error(
          { releaseId: release.id, timeZone: release.timeZone },
          'the zone of a scheduled release is unknown',
        )
        continue
      }
      const window = derived.kind === 'moved' ? derived.window : undefined
      await moveDueInstant(tx, release.id, { window, zoneDataVersion, now })
      if (!window) continue
      moved += 1
      await auditJob(tx, now, {
        accountId: release.accountId,
        job: 'releases',
        action: 'as.ipack.release DERIVE',
        objectType: 'release',
        objectId: release.id,
        before: { dueAt: release.dueAt.toISOString(), zoneData: release.zoneDataVersion },
        after: { dueAt: window.start.toString(), zoneData: zoneDataVersion },
      })
    }
    if (moved > 0) await notifyReleaseJob(tx)
    return moved
  })
}
