import { deriveDueAt } from '@packline/domain/releases/derive-due-at.ts'
import type { FastifyBaseLogger } from 'fastify'
import { auditJob } from '../../platform/audit.ts'
import { businessNow } from '../../platform/clock.ts'
import type { Deps } from '../../platform/deps.ts'
import { notifyReleaseJob } from '../../platform/release-signal.ts'
import { zoneDataInUse } from '../../platform/zone-data.ts'
import { confirmDueInstants, lockScheduledWithOlderZoneData, moveDueInstant } from './release-queue.store.ts'

/** Releases of one transaction; thousands may be scheduled when the zone data changes. */
const chunk = 500

/**
 * Works out the due instants of scheduled releases again whose instants stem from older zone data than this process
 * has: date and zone are the truth, and laws change between scheduling and release. Releases in a zone that this data
 * does not know keep their instant, and the log says so. Says how many moved.
 */
export async function deriveDueInstants(
  deps: Deps,
  log: FastifyBaseLogger,
  zoneDataVersion = zoneDataInUse,
): Promise<number> {
  let moved = 0
  let passed: string | undefined
  do {
    const derived = await deriveNext(deps, log, { zoneDataVersion, after: passed })
    moved += derived.moved
    passed = derived.last
  } while (passed !== undefined)
  return moved
}

type Next = { zoneDataVersion: string; after: string | undefined }

/** The next releases after that id, each with its outcome; without a `last` one there were none. */
function deriveNext(deps: Deps, log: FastifyBaseLogger, { zoneDataVersion, after }: Next) {
  return deps.jobDb.$transaction(async (tx) => {
    const now = await businessNow(tx)
    const releases = await lockScheduledWithOlderZoneData(tx, zoneDataVersion, { after, limit: chunk })
    const unmoved: string[] = []
    let moved = 0
    for (const release of releases) {
      const derived = deriveDueAt({
        ...release,
        dueAt: Temporal.Instant.fromEpochMilliseconds(release.dueAt.getTime()),
      })
      if (derived.kind === 'zone-unknown') {
        log.error(
          { releaseId: release.id, timeZone: release.timeZone },
          'the zone of a scheduled release is unknown',
        )
      } else if (derived.kind === 'moved') {
        moved += 1
        await moveDueInstant(tx, release.id, { window: derived.window, zoneDataVersion, now })
        await auditJob(tx, now, {
          accountId: release.accountId,
          job: 'releases',
          action: 'as.ipack.release DERIVE',
          objectType: 'release',
          objectId: release.id,
          before: { dueAt: release.dueAt.toISOString(), zoneData: release.zoneDataVersion },
          after: { dueAt: derived.window.start.toString(), zoneData: zoneDataVersion },
        })
      } else {
        unmoved.push(release.id)
      }
    }
    await confirmDueInstants(tx, unmoved, zoneDataVersion)
    if (moved > 0) await notifyReleaseJob(tx)
    return { moved, last: releases.at(-1)?.id }
  })
}
