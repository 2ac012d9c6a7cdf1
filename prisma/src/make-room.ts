import pg from 'pg'

/** How long a pool makes do with fewer connections, in milliseconds: others have long found one by then. */
const patience = 30_000

/** The pools of this process, each with the connections that it has; those it is still opening are not counted. */
const pools = new Map<pg.Pool, Set<pg.PoolClient>>()
const widenings = new WeakMap<pg.Pool, { max: number; timer: NodeJS.Timeout }>()

/** Counts the pool among those of this process that share a server; until it ends. */
export function shareServer(pool: pg.Pool) {
  const established = new Set<pg.PoolClient>()
  pools.set(pool, established)
  pool.on('connect', (client) => established.add(client))
  pool.on('remove', (client) => {
    established.delete(client)
    if (pool.ending) pools.delete(pool)
  })
}

const connectionsOf = (pool: pg.Pool) => pools.get(pool)?.size ?? 0

/**
 * Closes the pool's next connection that comes back, and opens none in its place for a while. A pool that is asked all
 * the time would take every place that becomes free on a full server, and whoever asks seldom would never get one.
 */
export function makeRoomIn(pool: pg.Pool) {
  const { options } = pool
  makeDoWith(pool, connectionsOf(pool) - 1)
  options.maxUses = 1
  pool.once('remove', () => (options.maxUses = Infinity))
}

/** Lets the pool have no more than so many connections for a while; one at least. */
function makeDoWith(pool: pg.Pool, connections: number) {
  const { options } = pool
  const widening = widenings.get(pool)
  clearTimeout(widening?.timer)
  const max = widening?.max ?? options.max
  options.max = Math.max(1, Math.min(options.max, connections))
  const timer = setTimeout(() => {
    options.max = max
    widenings.delete(pool)
  }, patience).unref()
  widenings.set(pool, { max, timer })
}

/**
 * When a pool was refused a connection because the server has none left. Whoever has some makes do with fewer, and gives
 * one up: otherwise one pool keeps all, and nobody is served who needs one of another as well. True when there is one to
 * wait for.
 */
export function makeDo(pool: pg.Pool): boolean {
  const own = connectionsOf(pool)
  if (own === 0) {
    const [largest] = [...pools.keys()].toSorted((one, other) => connectionsOf(other) - connectionsOf(one))
    if (largest && connectionsOf(largest) > 1) makeRoomIn(largest)
  }
  if (!widenings.has(pool)) {
    if (own > 1) makeRoomIn(pool)
    else makeDoWith(pool, 1)
  }
  return pool.totalCount > 0
}

/** PostgreSQL's "too many connections". */
export const isRefusedAsFull = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code === '53300'
