import pg from 'pg'

/** How long a pool makes do with fewer connections, in milliseconds: others have long found one by then. */
const patience = 30_000
/** How long a pool that has none borrows before it asks the server again, in milliseconds: each refusal costs a process. */
const pauseMillis = 500

/** A pool of this process. */
export type Share = {
  pool: pg.Pool
  /** The connections that it has; those it is still opening are not counted. */
  established: Set<pg.PoolClient>
  /** Hands out one of them, whoever it is for; or a new one, where the pool may have more. */
  lend: () => Promise<pg.PoolClient>
  refusedAt: number
  narrowed?: { from: number; timer: NodeJS.Timeout }
}

const shares = new Set<Share>()

/** Counts the pool among those of this process that share a server; until it ends. */
export function shareServer(pool: pg.Pool, lend: Share['lend']): Share {
  for (const former of shares) if (former.pool.ending) shares.delete(former)
  const established = new Set<pg.PoolClient>()
  const share: Share = { pool, established, lend, refusedAt: -Infinity }
  shares.add(share)
  pool.on('connect', (client) => established.add(client))
  pool.on('remove', (client) => established.delete(client))
  return share
}

/**
 * A connection for a pool whose server may have none left. A pool that is refused makes do with those it has and waits for
 * one of these, and one that has several gives one up for others. One that has none borrows of the pool that has most:
 * who asks needs connections of several pools, and is served as soon as the process has a single one. With a connection
 * come the limits of the pool it is of: a statement of the job that takes longer is broken off, and tried again later.
 */
export async function connectSparingly(share: Share, attempts = 3): Promise<pg.PoolClient> {
  const wasJustRefused = performance.now() - share.refusedAt < pauseMillis
  const asked = (wasJustRefused ? findLender(share) : undefined) ?? share
  try {
    return await asked.lend()
  } catch (error) {
    if (!isRefusedAsFull(error)) throw error
    share.refusedAt = performance.now()
    makeDo(share)
    const lender = findLender(share)
    if (attempts === 1 || !lender) throw error
    // It would be refused as well if it opened another one for this.
    narrow(lender, lender.established.size)
    return connectSparingly(share, attempts - 1)
  }
}

/** The pool itself where it has connections; else the one of the same server that has most, or is opening some. */
function findLender(share: Share): Share | undefined {
  if (share.established.size > 0) return share
  const [largest] = [...shares]
    .filter(
      ({ pool }) => !pool.ending && pool.options.connectionString === share.pool.options.connectionString,
    )
    .toSorted(
      (one, other) =>
        other.established.size - one.established.size || other.pool.totalCount - one.pool.totalCount,
    )
  return largest && largest.pool.totalCount > 0 ? largest : undefined
}

function makeDo(share: Share) {
  const lender = findLender(share)
  if (lender !== share && lender && lender.established.size > 1) giveOneUp(lender)
  if (share.narrowed) return
  if (share.established.size > 1) giveOneUp(share)
  else narrow(share, 1)
}

/**
 * Closes the pool's next connection that comes back, and opens none in its place for a while. A pool that is asked all
 * the time would take every place that becomes free on a full server, and whoever asks seldom would never get one.
 */
function giveOneUp(share: Share) {
  const { options } = share.pool
  narrow(share, share.established.size - 1)
  options.maxUses = 1
  share.pool.once('remove', () => (options.maxUses = Infinity))
}

/** Lets the pool have no more than so many connections for a while; one at least. */
function narrow(share: Share, connections: number) {
  const { options } = share.pool
  clearTimeout(share.narrowed?.timer)
  const from = share.narrowed?.from ?? options.max
  options.max = Math.max(1, Math.min(options.max, connections))
  const timer = setTimeout(() => {
    options.max = from
    delete share.narrowed
  }, patience).unref()
  share.narrowed = { from, timer }
}

/** PostgreSQL's "too many connections". */
const isRefusedAsFull = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code === '53300'
