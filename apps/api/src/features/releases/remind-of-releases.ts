import { recordReleaseEvents } from '../../platform/events.ts'
import { businessNow } from '../../platform/clock.ts'
import type { Deps } from '../../platform/deps.ts'
import * as queue from './release-queue.store.ts'

/** Releases that one transaction looks at. */
const atOnce = 500

/**
 * Tells of releases what only time brings: that one goes out within 24 hours, once for each of its dates, and that one
 * should have been current everywhere by now and is not.
 */
export async function remindOfReleases({ jobDb }: Pick<Deps, 'jobDb'>, mayGoOn: () => boolean = () => true) {
  let looked = atOnce
  while (looked === atOnce && mayGoOn()) {
    looked = await jobDb.$transaction(async (tx) => {
      const now = await businessNow(tx)
      if (!(await queue.isAnyToRemind(tx, now))) return 0
      const coming = await queue.claimToRemind(tx, now, atOnce)
      // Whoever was told of the date less than a day before it needs no reminder.
      const releaseIds = coming.filter(({ wasToldToday }) => !wasToldToday).map(({ id }) => id)
      await recordReleaseEvents(tx, { type: 'release.reminder', releaseIds, at: now })
      return coming.length
    })
  }
  await jobDb.$transaction(async (tx) => {
    const now = await businessNow(tx)
    if (!(await queue.isAnyOverdue(tx, now))) return
    const releaseIds = await queue.listOverdue(tx, now, atOnce)
    await recordReleaseEvents(tx, { type: 'release.late', releaseIds, at: now })
  })
}
