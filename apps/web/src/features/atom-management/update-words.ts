import type { PackUpdateRow } from '@packline/contract/updates.ts'
import { goesOut } from '../../packs/consumer-release-words.ts'

type Standing = Pick<
  PackUpdateRow,
  'state' | 'why' | 'versionNumber' | 'pendingNumber' | 'pending' | 'running'
>

const whyNotByHand: Record<NonNullable<PackUpdateRow['why']>, string> = {
  'no-atom': 'This environment has no Atom, so nothing can be applied here by hand.',
  reattached:
    'The pending update was applied early here, and the integration pack was detached and attached again since: it is back on the current release, and the update cannot be applied early a second time.',
  locked:
    'Another release of this integration pack was applied early in this account. Until that one, or the one that takes its place, is out for everybody, no other can be applied by hand.',
}

/** Where a pack stands in an environment, what happens next and when: the lock, the re-attach rule and the date. */
export function standingOf({ state, why, pendingNumber, pending, running }: Standing): string {
  const date = pending && goesOut(pending)
  switch (state) {
    case 'on-current':
      return 'It runs the current release.'
    case 'offered':
      return `Version ${pendingNumber} can be applied now. Otherwise it arrives by itself ${date}.`
    case 'waits-for-date':
      return `${why ? whyNotByHand[why] : ''} The update arrives by itself ${date}.`.trim()
    case 'applied-early':
      if (pending && pending.id !== running.id) {
        return `It was applied before its release date, and the publisher has replaced it since. It stays until the release that took its place arrives by itself ${date}.`
      }
      return `It was applied before its release date. No other update of this integration pack can be applied by hand until everybody has this one${running.window ? `, ${goesOut(running)}` : ''}, or until the publisher releases another at once.`
    case 'updating':
      return 'A release is going out. It reaches this environment in a moment.'
    case 'no-longer-shared':
      return 'The publisher no longer shares this integration pack with this account. It keeps running this release and gets no further ones.'
  }
}

/** The lock that comes with applying, stated before and after (R-69, D-17). */
export const lockSentence =
  'After that, no other update of the same integration pack can be applied by hand in this account until everybody has this one. Applying cannot be undone.'
