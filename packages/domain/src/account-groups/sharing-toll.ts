/** What an account loses when a pack, or it itself, leaves a group: in numbers, for the confirmation (D-4). */
export type SharingToll = {
  /** Keep running their release and get no further one: no other group connects their account with the pack. */
  cutOff: { installations: number; accounts: number; packs: number }
  /** Go on as before, because another group holds both their account and the pack. */
  kept: { installations: number; accounts: number }
}

export const nothingLost: SharingToll = {
  cutOff: { installations: 0, accounts: 0, packs: 0 },
  kept: { installations: 0, accounts: 0 },
}

/** What becomes of what is installed, said before it happens: one sentence for each consequence. */
export function describeToll({ cutOff, kept }: SharingToll): string[] {
  if (cutOff.installations + kept.installations === 0) return ['Nothing is installed through it.']
  const sentences: string[] = []
  if (cutOff.installations > 0) {
    const verbs = cutOff.installations === 1 ? ['keeps', 'its', 'gets'] : ['keep', 'their', 'get']
    sentences.push(
      `${where(cutOff)} ${verbs[0]} running ${verbs[1]} release but ${verbs[2]} no further one: no longer shared.`,
    )
  }
  if (kept.installations > 0) {
    const verb = kept.installations === 1 ? 'goes' : 'go'
    sentences.push(`${where(kept)} ${verb} on getting releases through another account group.`)
  }
  return sentences
}

const where = ({ installations, accounts }: { installations: number; accounts: number }) =>
  `${count(installations, 'installation')} in ${count(accounts, 'account')}`
const numbers = new Intl.NumberFormat('en')
const count = (number: number, noun: string) =>
  `${numbers.format(number)} ${number === 1 ? noun : `${noun}s`}`
