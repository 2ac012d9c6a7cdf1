import type { Scene } from './product/scene.ts'
import type { Stage } from './product/stage.ts'
import type { Random } from './random.ts'

/** How much: so that each row takes seconds in a test, or what a soak can bear. */
export type Size = {
  /** Rows that run at once: one in a test, which has seconds for each, and more in a soak, where they are in each other's way. */
  lanes: number
  /** Installations of a pack that goes out to very many. */
  installBase: number
  /** Times that a fault is repeated. */
  faults: number
  /** Packs that meet somebody's change at the very moment of their release. */
  rounds: number
  /** Who asks at once. */
  clients: number
  /** Who confirms a release at the same moment. */
  wizards: number
  /** How late a packet is on a slow network, each way. */
  latency: { millis: number; jitter: number }
  /** How long a network stands still, at least. */
  standstillMillis: number
}

export const sizes: Record<'smoke' | 'soak', Size> = {
  smoke: {
    lanes: 1,
    installBase: 2_400,
    faults: 2,
    rounds: 15,
    clients: 60,
    wizards: 50,
    latency: { millis: 5, jitter: 5 },
    standstillMillis: 0,
  },
  soak: {
    lanes: 4,
    installBase: 40_000,
    faults: 12,
    rounds: 200,
    clients: 200,
    wizards: 1_000,
    latency: { millis: 100, jitter: 50 },
    standstillMillis: 30_000,
  },
}

export type RowContext = {
  row: string
  stage: Stage
  random: Random
  size: Size
  /** Every scene that the row made: their screens are read and checked when all has come to rest. */
  scenes: Scene[]
  /** Writes a fault down: for the history, and for the line that is printed. */
  did: (what: string) => void
  /** Done when the row has run, or has failed, and before anything is checked. */
  whenOver: (end: () => unknown) => void
  /** Taken away once everything is checked, the last first. */
  afterwards: (takeAway: () => unknown) => void
}

export type Row = {
  name: string
  /** One line each: what is done, and what must hold beside all invariants. */
  fault: string
  holds: string
  /**
   * `shared`: on a stage that other rows use before and after, with three instances running; the row leaves it so.
   * `own`: beside those, on a database of its own without instances; `own-server`: on a PostgreSQL server of its own.
   */
  place: 'shared' | 'own' | 'own-server'
  /** What it leaves behind is what the checkers' controls damage. */
  isForControls?: true
  /** Of the PostgreSQL server of its own. */
  settings?: Record<string, string>
  /** Throws what falls short beside the invariants, which are checked afterwards when all has come to rest. */
  run: (context: RowContext) => Promise<void>
}
