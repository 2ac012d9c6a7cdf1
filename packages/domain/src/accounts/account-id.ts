/** Without 0, 1, I, L, O and U: people read account ids to each other. */
const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** How many random bytes an account id takes. */
export const accountIdBytes = 6

/** A new account's id, such as `orchard-7Q2X6A`: the name's first word, and letters that nobody has to guess. */
export function accountIdOf(name: string, random: Uint8Array): string {
  const word = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .split(/[^a-z0-9]+/)
    .find(Boolean)
  const tail = [...random.subarray(0, accountIdBytes)].map((byte) => letters[byte % letters.length]).join('')
  return `${word?.slice(0, 24) ?? 'account'}-${tail}`
}
