import { type EventLoopUtilization, performance } from 'node:perf_hooks'
import type { Tx } from '@packline/database/client.ts'
import { z } from 'zod'

/** From which share of its time on an instance computes for those who ask it something, and not only for its jobs. */
const busyShare = 0.2
/** However much it is asked, it does something itself after so long; whoever is cut off has lost its locks by then. */
const longestLeftMillis = 15_000
/**
 * Any numbers will do: one that all share who work beside others, one of whoever works alone. Others for each kind: a release
 * never waits for what is told of others.
 */
const locks = {
  releases: { shared: 727_005, alone: 727_006 },
  notices: { shared: 727_007, alone: 727_008 },
}
type Locks = (typeof locks)[keyof typeof locks]

/** Whether an instance that computes for this share of its time does a step beside others, or only where nobody else is at work. */
export const partOf = ({ share, leftForMillis }: { share: number; leftForMillis: number }) =>
  share < busyShare || leftForMillis >= longestLeftMillis ? 'beside-others' : 'alone'

type Time = {
  now: () => number
  /** As Node tells it: how much was computed since then. */
  utilization: (since?: EventLoopUtilization) => EventLoopUtilization
}
const realTime: Time = {
  now: () => performance.now(),
  utilization: (since) => performance.eventLoopUtilization(since),
}

/** Asked within the transaction of a step of work; holds until that ends. */
export type MayTakePart = (tx: Tx) => Promise<boolean>

/**
 * For work that any instance can do, in many steps. Each transaction of it keeps one core of the database busy: with one
 * in every instance, those who ask something wait for both. An instance that is asked for much therefore does a step only
 * while no other is at work, and leaves it to them otherwise: those that are asked for nothing work as fast as they can,
 * and where all are busy one works at a time. Whoever leaves it looks again after a second or so: a worker is seen
 * during its steps, not between two of them.
 */
export function createShareOfWork(
  work: keyof typeof locks,
  { now, utilization }: Time = realTime,
): MayTakePart {
  let used = utilization()
  let leftSince: number | undefined
  return async (tx) => {
    const { utilization: share } = utilization(used)
    used = utilization()
    const leftForMillis = leftSince === undefined ? 0 : now() - leftSince
    const mayWork =
      partOf({ share, leftForMillis }) === 'beside-others'
        ? await joinOthers(tx, locks[work])
        : await workAlone(tx, locks[work])
    leftSince = mayWork ? undefined : (leftSince ?? now())
    return mayWork
  }
}

/** Keeps those away who would work alone from here on; works also where one of these is at it. */
async function joinOthers(tx: Tx, { shared }: Locks) {
  await tx.$executeRaw`select pg_try_advisory_xact_lock_shared(${shared})`
  return true
}

const lockRow = z.tuple([z.object({ isOurs: z.boolean() })])

/** Looks whether anybody shares the lock, without keeping it: whoever begins meanwhile is to be seen by the next look. */
async function workAlone(tx: Tx, { shared, alone }: Locks) {
  const rows = await tx.$queryRaw`
    select case when not pg_try_advisory_xact_lock(${alone}) then false
      when pg_try_advisory_lock(${shared}) then pg_advisory_unlock(${shared}) else false end as "isOurs"`
  return lockRow.parse(rows)[0].isOurs
}
