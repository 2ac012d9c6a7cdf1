type Remembered<Value> = { told: { value: Value; until: number } | null; working: Promise<Value> | null }

/** Answers that took longer than this, in milliseconds, are given again for a while. */
const slowMillis = 100
/** For how many times the while it took: counting then takes a twentieth of one core at most. */
const times = 20
/** So long after that nobody waits either: the old one is told while the new one is worked out. */
const staleMillis = 60_000
const keptKeys = 200

/**
 * Remembers what took long to work out, so that of those who ask again and again only the first waits. Quick answers are
 * always new, and so are those of little work, which takes long only where the machine is busy; those who ask while one
 * is being worked out share it. A failure is told to those who wait for it and not remembered.
 */
export function rememberSlow<Value>(
  isMuchWork: (value: Value) => boolean,
  clock: () => number = () => performance.now(),
) {
  const remembered = new Map<string, Remembered<Value>>()

  function find(key: string): Remembered<Value> {
    const known = remembered.get(key) ?? { told: null, working: null }
    remembered.delete(key)
    remembered.set(key, known)
    const oldest = remembered.keys().next().value
    if (remembered.size > keptKeys && oldest !== undefined) remembered.delete(oldest)
    return known
  }

  function work(known: Remembered<Value>, load: () => Promise<Value>): Promise<Value> {
    const began = clock()
    const working = load()
    known.working = working
    working.then(
      (value) => {
        const took = clock() - began
        const isSlow = took >= slowMillis && isMuchWork(value)
        known.told = isSlow ? { value, until: clock() + took * times } : null
        known.working = null
      },
      () => {
        known.told = null
        known.working = null
      },
    )
    return working
  }

  return {
    async tell(key: string, load: () => Promise<Value>): Promise<Value> {
      const known = find(key)
      const { told } = known
      if (told && clock() < told.until) return told.value
      const working = known.working ?? work(known, load)
      return told && clock() < told.until + staleMillis ? told.value : working
    },

    /** For whoever has changed what it says and wants to see that. */
    forget: (key: string) => void remembered.delete(key),
  }
}
