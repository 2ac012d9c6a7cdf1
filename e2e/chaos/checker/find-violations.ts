import type { Evidence, Invariant } from './evidence.ts'

/** In the order of their numbers. */
export const invariants: readonly Invariant[] = []

/** Everything that contradicts an invariant, each sentence with the invariant's number; empty when all hold. */
export async function findViolations(evidence: Evidence): Promise<string[]> {
  const found = []
  for (const { id, find } of invariants)
    found.push(...(await find(evidence)).map((sentence) => `${id}: ${sentence}`))
  return found
}
