/** Numbers that look random and are the same for the same seed (mulberry32). */
export function createRandom(seed: number) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  /** A whole number from `from` to `to`, both included. */
  const between = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    between,
    choose: <T>(items: readonly T[]): T | undefined => items[between(0, items.length - 1)],
    shuffle: <T>(items: readonly T[]): T[] =>
      items
        .map((item) => ({ item, place: next() }))
        .toSorted((a, b) => a.place - b.place)
        .map(({ item }) => item),
    /** Others that do not disturb this one's sequence, so that parallel work stays the same for the same seed. */
    fork: () => createRandom(between(0, 0xffffffff)),
  }
}

export type Random = ReturnType<typeof createRandom>
