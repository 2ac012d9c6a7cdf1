const byReading = new Intl.Collator('en', { sensitivity: 'base', numeric: true })

/** Packs and components in the order of lists: by name, ascending, whatever the letter case; equal names by id. */
export function byName(one: { name: string; id: string }, other: { name: string; id: string }): number {
  return byReading.compare(one.name, other.name) || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0)
}

/** The pack a list opens with: the first in its order. */
export function packShownFirst<Pack extends { name: string; id: string }>(
  packs: readonly Pack[],
): Pack | undefined {
  return packs.toSorted(byName)[0]
}
