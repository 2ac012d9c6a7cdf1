import { setTimeout as wait } from 'node:timers/promises'
import { atomChannel } from './atom-signal.ts'
import type { Listener, Signals } from './signals.ts'

export type Woken = 'woken' | 'given-up'

export type Waiting = {
  /** Which ids concern this one: environments, the Atom, the node. */
  concerns: (ids: readonly string[]) => void
  /** Resolves at the next signal that concerns it, also at one that came since the last look; or gives up. */
  next: (millis: number, gone: AbortSignal) => Promise<Woken>
  leave: () => void
}

export type WakeUps = { join: () => Promise<Waiting>; close: () => void }

type Sleeper = { ids: ReadonlySet<string> | undefined; hasRung: boolean; ring: () => void }

/** Signals within this time are answered together. */
const gatherMillis = 50
/** How long a first poll waits until this instance listens; without it the next poll finds what was missed. */
const patienceMillis = 2_000

/**
 * Wakes those who wait for a change of what they should run. It listens once for all of them, from the first one on; a
 * thousand who wait cost memory and nothing else.
 */
export function createWakeUps(signals: Signals): WakeUps {
  const sleepers = new Set<Sleeper>()
  const listening = Promise.withResolvers<void>()
  let listener: Listener | undefined
  let hasListened = false
  let isClosing = false
  let gathered: Set<string> | 'all' | undefined

  /** An empty payload means that anything may have changed. */
  function gather(payload: string) {
    if (gathered === undefined) {
      gathered = new Set()
      setTimeout(ringGathered, gatherMillis)
    }
    if (payload === '') gathered = 'all'
    else if (gathered !== 'all') for (const id of payload.split(',')) gathered.add(id)
  }

  function ringGathered() {
    const ids = gathered
    gathered = undefined
    if (ids === undefined) return
    for (const sleeper of sleepers) {
      if (ids === 'all' || !(sleeper.ids?.isDisjointFrom(ids) ?? false)) sleeper.ring()
    }
  }

  function startListening() {
    listener ??= signals.listen({
      channels: [atomChannel],
      onSignal: gather,
      onListening: () => {
        listening.resolve()
        // After a break nobody knows what was missed.
        if (hasListened) gather('')
        hasListened = true
      },
    })
    return hasListened
      ? undefined
      : Promise.race([listening.promise, wait(patienceMillis, undefined, { ref: false })])
  }

  async function join(): Promise<Waiting> {
    await startListening()
    let wake: (() => void) | undefined
    const sleeper: Sleeper = {
      // Until it has looked and says what concerns it, everything does: a change may fall in between.
      ids: undefined,
      hasRung: false,
      ring: () => {
        sleeper.hasRung = true
        wake?.()
      },
    }
    sleepers.add(sleeper)
    return {
      concerns: (ids) => {
        sleeper.ids = new Set(ids)
      },
      next: async (millis, gone) => {
        if (!sleeper.hasRung && !isClosing && !gone.aborted) {
          await new Promise<void>((resolve) => {
            const done = () => {
              clearTimeout(timer)
              gone.removeEventListener('abort', done)
              resolve()
            }
            const timer = setTimeout(done, millis)
            gone.addEventListener('abort', done, { once: true })
            wake = done
          })
        }
        wake = undefined
        const woken = sleeper.hasRung && !isClosing
        sleeper.hasRung = false
        return woken ? 'woken' : 'given-up'
      },
      leave: () => sleepers.delete(sleeper),
    }
  }

  return {
    join,
    close: () => {
      isClosing = true
      for (const { ring } of sleepers) ring()
      listener?.close()
    },
  }
}
