import type { ReleasePreview } from '@packline/contract/releases.ts'
import { formatCount, plural } from '../../lib/dates.ts'

export type Reach = Pick<
  ReleasePreview,
  'installations' | 'accounts' | 'environments' | 'unsharedInstallations'
>

type ReachSentences = {
  /** Before the numbers of those that are reached. */
  reaching: string
  /** Where those are nobody, but somebody once installed the pack. */
  reachingNobody: string
  installedNowhere: string
}

/** Whom a release reaches, and who has the pack but gets no further release (D-4). */
export function reachText(
  reach: Reach,
  { reaching, reachingNobody, installedNowhere }: ReachSentences,
): string {
  const { installations, accounts, environments, unsharedInstallations: unshared } = reach
  if (installations === 0 && unshared === 0) return installedNowhere
  const reached = `${reaching} ${plural(installations, 'installation')} in ${plural(accounts, 'account')}, that is ${plural(environments, 'environment')}.`
  const others = installations === 0 ? plural(unshared, 'installation') : `${formatCount(unshared)} more`
  const left = `${others} ${unshared === 1 ? 'is no longer shared and gets' : 'are no longer shared and get'} no further release.`
  if (installations === 0) return `${reachingNobody}: ${left}`
  return unshared === 0 ? reached : `${reached} ${left}`
}

/** What the second question says before a release goes out at once. */
export function atOnceText(reach: Reach): string {
  const text = reachText(reach, {
    reaching: 'It applies at once to',
    reachingNobody: 'Nobody is updated',
    installedNowhere: 'It is installed nowhere yet, so nothing changes for anybody.',
  })
  return reach.installations === 0
    ? text
    : `${text} This cannot be undone; an earlier release can be released again.`
}
