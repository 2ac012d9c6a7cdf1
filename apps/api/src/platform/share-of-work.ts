import { type EventLoopUtilization, performance } from 'node:perf_hooks'
import type { Tx } from '@packline/database/client.ts'
import { z } from 'zod'

/** From which share of its time on an instance computes for those who ask it something, and not only for its jobs. */
const busyShare = 0.2
/** However much it is asked, it does something itself after so long: whoever holds the lock may be cut off. */
const longestLeftMillis = 5_000
/** Any number will do; whoever works beside others shares it, whoever works alone has it. */
const workLock = 727_005

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
export const alwaysTakesPart: MayTakePart = async () => true

/**
 * For work that any instance can do, in many steps. Each transaction of it keeps one core of the database busy: with one
 * in every instance, those who ask something wait for both. An instance that is asked for much therefore does a step only
 * while no other is at work, and leaves it to them otherwise: those that are asked for nothing work as fast as they can,
 * and where all are busy one works at a time.
 */
export function createShareOfWork({ now, utilization }: Time = realTime): MayTakePart {
  let used = utilization()
  let leftSince: number | undefined
  return async (tx) => {
    const { utilization: share } = utilization(used)
    used = utilization()
    const leftForMillis = leftSince === undefined ? 0 : now() - leftSince
    const mayWork =
      partOf({ share, leftForMillis }) === 'beside-others' ? await joinOthers(tx) : await workAlone(tx)
    leftSince = mayWork ? undefined : (leftSince ?? now())
    return mayWork
  }
}

/** Keeps those away who would work alone; works also where one of these is at it. */
async function joinOthers(tx: Tx) {
  await tx.$executeRaw`select pg_try_advisory_xact_lock_shared(${workLock})`
  return true
}

const lockRow = z.tuple([z.object({ isOurs: z.boolean() })])

async function workAlone(tx: Tx) {
  const rows = await tx.$queryRaw`select pg_try_advisory_xact_lock(${workLock}) as "isOurs"`
  return lockRow.parse(rows)[0].isOurs
}
