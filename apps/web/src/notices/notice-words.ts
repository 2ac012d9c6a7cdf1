import type { NoticeTarget, NoticeView } from '@packline/contract/notices.ts'
import { wordNotice } from '@packline/domain/notices/word-notice.ts'
import { formatClockRange, formatDay, formatDuration, formatShortClockRange } from '../lib/dates.ts'
import { paths } from '../paths.ts'

/** A notice in words, with dates as everywhere else: on the clock of the release, and on the reader's where it differs. */
export const wordsOf = ({ facts }: NoticeView, readerZone: string) =>
  wordNotice(facts, {
    day: formatDay,
    duration: formatDuration,
    window: ({ window, timeZone }) => {
      const there = `${formatClockRange(window, timeZone)} (${timeZone})`
      const own = formatShortClockRange(window, readerZone)
      return own === formatShortClockRange(window, timeZone)
        ? there
        : `${there}, in your time zone ${readerZone} ${own}`
    },
  })

/** Where the thing is that a notice is about, and what the way to it is called. */
export function wayTo(target: NoticeTarget): { to: string; label: string } {
  switch (target.kind) {
    case 'release':
      return { to: paths.release(target.packId, target.releaseId), label: 'Open the release' }
    case 'environment':
      return {
        to: paths.environmentPacks(target.environmentId),
        label: 'Open Atom Management',
      }
    case 'webhook':
      return { to: paths.webhook(target.webhookId), label: 'Open the webhook' }
    case 'atom':
      return { to: paths.atomPacks(target.atomId), label: 'Open Atom Management' }
    case 'installations':
      return { to: paths.installations(), label: 'Open Integration Packs' }
  }
}
