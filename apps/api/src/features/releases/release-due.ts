import type { Tx } from '@packline/database/client.ts'
import { lateness } from '@packline/domain/releases/lateness.ts'
import { afterFailure } from '@packline/domain/releases/retry-policy.ts'
import { neverStops, restUntilStopped } from '../../platform/stop-signal.ts'
import { notifyAtoms } from '../../platform/atom-signal.ts'
import { auditReleases, auditJob } from '../../platform/audit.ts'
import { notifyChanges } from '../../platform/change-signal.ts'
import { recordReleaseEvents } from '../../platform/events.ts'
import { businessNow } from '../../platform/clock.ts'
import { databaseOutage, describeFailure, isExhausted } from '../../platform/database-errors.ts'
import type { Deps } from '../../platform/deps.ts'
import { createPace, type Pace } from '../../platform/pace.ts'
import type { MayTakePart } from '../../platform/share-of-work.ts'
import { type FinishedByJob, tellFinishedByJob } from '../../platform/work-watch.ts'
import { makeCurrent } from '../integration-packs/integration-packs.store.ts'
import { settleItemsAfterReleases } from '../integration-packs/pack-items.store.ts'
import { fanOut } from '../installations/installation-updates.store.ts'
import * as queue from './release-queue.store.ts'

/** Releases claimed by one transaction, and installations it updates at most: some 300 ms of work on two cores. */
export type BatchSize = { releases: number; installations: number }
export const batchSize: BatchSize = { releases: 500, installations: 2_000 }

export type Working = {
  /** Heard between transactions: an instance that is told to stop leaves the rest to the others. */
  stop?: AbortSignal
  /** Told before each transaction: a midnight with very much to do is no silence. */
  beforeEach?: () => void
  /** Asked in each: what is left to others is looked at again until nothing is due. */
  mayTakePart?: MayTakePart
  /** How much of a full batch each of them is; whole ones where nothing is said. */
  pace?: Pace
}
/** Looked oftener, a worker would be missed between two of its steps. */
const lookAgainMillis = 1_000
type Step = 'did-something' | 'nothing-due' | 'left-to-others'

/**
 * Sends out everything that is due and says how many transactions did something. Each claims releases, makes them
 * current and updates installations, and either all of that is committed or nothing: a crash loses nothing, a second
 * worker skips what the first holds, and a late start simply finds more rows due.
 */
export async function releaseDue(
  deps: Deps,
  size: BatchSize = batchSize,
  { stop = neverStops, beforeEach, mayTakePart = async () => true, pace = createPace(1) }: Working = {},
): Promise<number> {
  let rounds = 0
  while (!stop.aborted) {
    beforeEach?.()
    const step = await releaseBatch(deps, size, { mayTakePart, pace })
    if (step === 'nothing-due') break
    if (step === 'left-to-others') await restUntilStopped(lookAgainMillis, stop)
    else rounds++
  }
  return rounds
}

async function releaseBatch(
  deps: Deps,
  full: BatchSize,
  { mayTakePart, pace }: { mayTakePart: MayTakePart; pace: Pace },
): Promise<Step> {
  const sizeNow = () => ({
    releases: pace.of(full.releases),
    installations: pace.of(full.installations),
  })
  const size = sizeNow()
  try {
    const done = await deps.jobDb.$transaction(async (tx) => {
      if (!(await mayTakePart(tx))) return 'left-to-others'
      const untilDue = await queue.untilNextDue(tx)
      if (untilDue === undefined || untilDue > 0) return 'nothing-due'
      return advanceClaimed(tx, await queue.claimDueReleases(tx, size.releases), size)
    })
    if (typeof done === 'string') return done
    tellFinishedByJob(done.finished)
    if (done.claimed === 0) return 'nothing-due'
    pace.succeeded()
    return 'did-something'
  } catch (error) {
    pace.failed()
    if (isServerFault(error)) throw error
    return (await releaseOneByOne(deps, sizeNow())) ? 'did-something' : 'nothing-due'
  }
}

/** Nothing to hold against any release: all of them wait until the server is well again. */
const isServerFault = (error: unknown) => databaseOutage(error) || isExhausted(error)

/** After a failed batch: one release a transaction, so that the one at fault is found and the others go out. */
async function releaseOneByOne(deps: Deps, size: BatchSize): Promise<boolean> {
  const due = await deps.jobDb.$transaction((tx) => queue.listDueReleases(tx, size.releases))
  let didSomething = false
  for (const id of due) {
    try {
      const { claimed, finished } = await deps.jobDb.$transaction(async (tx) =>
        advanceClaimed(tx, await queue.claimRelease(tx, id), size),
      )
      tellFinishedByJob(finished)
      didSomething ||= claimed > 0
    } catch (error) {
      if (isServerFault(error)) throw error
      didSomething ||= await noteFailure(deps, id, error)
    }
  }
  return didSomething
}

/** Says how many were claimed and which of them are out everywhere, for those who watch once that is committed. */
async function advanceClaimed(tx: Tx, claimed: readonly queue.ClaimedRelease[], size: BatchSize) {
  return { claimed: claimed.length, finished: await advanceReleases(tx, claimed, size.installations) }
}

/** Counts the attempt and puts the next one off, or gives up where people see it and can try again. */
function noteFailure(deps: Deps, releaseId: string, error: unknown): Promise<boolean> {
  return deps.jobDb.$transaction(async (tx) => {
    const [release] = await queue.claimRelease(tx, releaseId)
    if (!release) return false
    const now = await businessNow(tx)
    const attempts = release.attempts + 1
    const cause = `The release could not be carried out: ${describeFailure(error)}.`
    const next = afterFailure(attempts, now)
    const nextTryAt = next.kind === 'retry' ? next.nextTryAt : null
    await queue.markFailedAttempt(tx, releaseId, { attempts, error: cause, nextTryAt, now })
    await notifyChanges(tx, { releaseIds: [releaseId] })
    if (next.kind === 'failed') {
      await auditJob(tx, now, {
        accountId: release.accountId,
        job: 'releases',
        action: 'as.ipack.release FAIL',
        objectType: 'release',
        objectId: releaseId,
        after: { attempts, error: cause },
      })
      await recordReleaseEvents(tx, {
        type: 'release.failed',
        releaseIds: [releaseId],
        at: now,
        data: { cause },
      })
    }
    return true
  })
}

/**
 * The one way for a release to become current, immediate or dated: makes claimed releases current, updates the next
 * installations and finishes those that have reached the last one; says which these were. The caller holds the
 * releases and their packs.
 */
export async function advanceReleases(
  tx: Tx,
  claimed: readonly queue.ClaimedRelease[],
  installationLimit: number,
): Promise<FinishedByJob[]> {
  const [first] = claimed
  if (!first) return []
  // A clock that was set back since the claim would have them start before they were due.
  const now = later(first.claimedAt, await businessNow(tx))
  await begin(
    tx,
    claimed.filter(({ status }) => status === 'SCHEDULED'),
    now,
  )

  const ids = claimed.map(({ id }) => id)
  const progress = await fanOut(tx, ids, installationLimit, now)
  await queue.saveProgress(tx, progress)
  if (progress.some(({ updated }) => updated > 0)) await notifyAtoms(tx)
  const finished = await queue.markFinished(tx, ids, now)
  await tellFinished(tx, finished, now)
  await notifyChanges(tx, { releaseIds: ids })
  return finished.map(({ id, timing, dueAt }) => ({
    id,
    timing,
    lateSeconds: now.since(dueAt).total('seconds'),
  }))
}

const later = (one: Temporal.Instant, other: Temporal.Instant) =>
  Temporal.Instant.compare(one, other) > 0 ? one : other

async function begin(tx: Tx, releases: readonly queue.ClaimedRelease[], now: Temporal.Instant) {
  if (releases.length === 0) return
  const ids = releases.map(({ id }) => id)
  await queue.markStarted(tx, ids, now)
  await makeCurrent(tx, ids, now)
  await settleItemsAfterReleases(tx, ids)
  await auditReleases(tx, ids, now)
}

/** Releases that are out everywhere are told once, however many installations they reached, and late ones as late. */
async function tellFinished(tx: Tx, finished: readonly queue.FinishedRelease[], now: Temporal.Instant) {
  const ids = finished.map(({ id }) => id)
  const late = finished.filter(({ windowEndsAt }) => lateness(windowEndsAt, now).kind === 'late')
  await recordReleaseEvents(tx, { type: 'release.released', releaseIds: ids, at: now })
  await recordReleaseEvents(tx, { type: 'release.late', releaseIds: late.map(({ id }) => id), at: now })
}
