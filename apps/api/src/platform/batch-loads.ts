type Waiting<Value> = { resolve: (value: Value | undefined) => void; reject: (error: unknown) => void }

/**
 * Loads many at once what is asked for one by one: while one query runs, further keys gather for the next. A load
 * never shares a query that began before it was asked for, so it never sees an older state.
 */
export function batchLoads<Value>(
  load: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
  {
    size,
    failsForAll = () => false,
  }: {
    size: number
    /** Says of what a query failed with that those who wait for the next one need not try: they are told the same. */
    failsForAll?: (error: unknown) => boolean
  },
): (key: string) => Promise<Value | undefined> {
  const gathered = new Map<string, Waiting<Value>[]>()
  let isRunning = false

  async function run() {
    isRunning = true
    // Those who ask in the same turn share the first query as well.
    await Promise.resolve()
    while (gathered.size > 0) {
      const batch = [...gathered].slice(0, size)
      for (const [key] of batch) gathered.delete(key)
      try {
        const found = await load(batch.map(([key]) => key))
        for (const [key, waiting] of batch) for (const { resolve } of waiting) resolve(found.get(key))
      } catch (error) {
        const failed = failsForAll(error) ? [...batch, ...gathered] : batch
        for (const [key, waiting] of failed) {
          gathered.delete(key)
          for (const { reject } of waiting) reject(error)
        }
      }
    }
    isRunning = false
  }

  return (key) =>
    new Promise((resolve, reject) => {
      const waiting = gathered.get(key) ?? []
      gathered.set(key, [...waiting, { resolve, reject }])
      if (!isRunning) void run()
    })
}
