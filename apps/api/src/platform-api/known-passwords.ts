import { createHmac, randomBytes } from 'node:crypto'

const keptMillis = 5 * 60_000
const keptEntries = 1_000

/**
 * Remembers for a few minutes that a password was right, because HTTP Basic shows it with every request and hashing one
 * takes 40 ms. What is kept is a digest under a key of this process, of the stored hash as well: with a changed password
 * it fits no more.
 */
export function rememberPasswords(clock: () => number = () => performance.now()) {
  const key = randomBytes(32)
  const known = new Map<string, number>()
  const digest = (parts: readonly string[]) =>
    createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64')

  return {
    isKnown: (email: string, password: string, storedHash: string): boolean =>
      (known.get(digest([email, password, storedHash])) ?? 0) > clock(),
    remember: (email: string, password: string, storedHash: string) => {
      known.set(digest([email, password, storedHash]), clock() + keptMillis)
      const oldest = known.keys().next().value
      if (known.size > keptEntries && oldest !== undefined) known.delete(oldest)
    },
  }
}
