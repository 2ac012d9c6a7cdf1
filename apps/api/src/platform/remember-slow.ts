type Remembered<Value> = { value: Promise<Value>; until: number }

/** Answers that took longer than this, in milliseconds, are given again for a while. */
const slowMillis = 100
/** For how many times the while it took: counting then takes a twentieth of one core at most. */
const times = 20
/** So long after that nobody waits for a new one either: it is told once more while the new one is worked out. */
const staleMillis = 60_000
const keptKeys = 200

/**
 * Remembers what took long to work out, so that of those who ask again and again only the first waits. Quick answers are
 * always new; those who ask while the first is being worked out share it. A failure is told to all of them and not
 * remembered.
 */
export function rememberSlow<Value>(clock: () => number = () => performance.now()) {
  const remembered = new Map<string, Remembered<Value>>()

  function work(key: string, load: () => Promise<Value>): Remembered<Value> {
    const began = clock()
    const entry: Remembered<Value> = { value: load(), until: Number.POSITIVE_INFINITY }
    entry.value.then(
      () => {
        const took = clock() - began
        entry.until = took < slowMillis ? Number.NEGATIVE_INFINITY : clock() + took * times
        keep(key, entry)
      },
      () => remembered.delete(key),
    )
    return entry
  }

  function keep(key: string, entry: Remembered<Value>) {
    remembered.delete(key)
    remembered.set(key, entry)
    const oldest = remembered.keys().next().value
    if (remembered.size > keptKeys && oldest !== undefined) remembered.delete(oldest)
  }

  return (key: string, load: () => Promise<Value>): Promise<Value> => {
    const known = remembered.get(key)
    if (known && clock() < known.until) return known.value
    const isTold = known !== undefined && clock() < known.until + staleMillis
    const entry = work(key, load)
    if (!isTold) {
      keep(key, entry)
      return entry.value
    }
    known.until = Number.POSITIVE_INFINITY
    return known.value
  }
}
