import type pg from 'pg'

/** How long a pool makes do with fewer connections, in milliseconds: others have long found one by then. */
const patience = 30_000

const widenings = new WeakMap<pg.Pool, { max: number; timer: NodeJS.Timeout }>()

/**
 * Closes the pool's next connection that comes back, and opens none in its place for a while. A pool that is asked all
 * the time would take every place that becomes free on a full server, and whoever asks seldom would never get one.
 */
export function makeRoomIn(pool: pg.Pool) {
  const { options } = pool
  const widening = widenings.get(pool)
  clearTimeout(widening?.timer)
  const max = widening?.max ?? options.max
  options.max = Math.max(1, Math.min(options.max, pool.totalCount) - 1)
  options.maxUses = 1
  pool.once('remove', () => (options.maxUses = Infinity))
  const timer = setTimeout(() => {
    options.max = max
    widenings.delete(pool)
  }, patience).unref()
  widenings.set(pool, { max, timer })
}
