type Remembered<Value> = { value: Promise<Value>; until: number }

/** Answers that took longer than this, in milliseconds, are given again for a while. */
const slowMillis = 100
/** For how many times the while it took: counting then takes a twentieth of one core at most. */
const times = 20
const keptKeys = 200

/**
 * Remembers what took long to work out. Quick answers are always new; those who ask while one is being worked out share
 * it. A failure is told to all of them and not remembered.
 */
export function rememberSlow<Value>(clock: () => number = () => performance.now()) {
  const remembered = new Map<string, Remembered<Value>>()

  return (key: string, load: () => Promise<Value>): Promise<Value> => {
    const known = remembered.get(key)
    if (known && clock() < known.until) return known.value

    const began = clock()
    const value = load()
    const entry: Remembered<Value> = { value, until: Number.POSITIVE_INFINITY }
    remembered.delete(key)
    remembered.set(key, entry)
    const oldest = remembered.keys().next().value
    if (remembered.size > keptKeys && oldest !== undefined) remembered.delete(oldest)
    value.then(
      () => {
        const took = clock() - began
        entry.until = took < slowMillis ? 0 : clock() + took * times
      },
      () => remembered.delete(key),
    )
    return value
  }
}
