import type { NoticeFacts, NoticedSchedule } from './notice-facts.ts'

/** How dates are written for the reader: in their zone, and on paper in the conventions of their language. */
export type NoticeDates = {
  day: (date: string) => string
  /** Day, hours and zone of a window, and the same in the reader's zone where that differs. */
  window: (schedule: NoticedSchedule) => string
  duration: (seconds: number) => string
}

export type WordedNotice = { title: string; sentences: readonly string[] }

/** Puts a notice into words, the same in the console and by mail. */
export function wordNotice(facts: NoticeFacts, dates: NoticeDates): WordedNotice {
  const words = facts.side === 'publisher' ? wordForPublisher(facts, dates) : wordForConsumer(facts, dates)
  return { title: words.title, sentences: words.sentences.filter((sentence) => sentence !== '') }
}

function wordForPublisher(facts: NoticeFacts, dates: NoticeDates): WordedNotice {
  const { packName, schedule, reason, cause } = facts
  const by = facts.by || 'Somebody'
  const when = schedule ? `It goes out on ${dates.window(schedule)}.` : ''
  switch (facts.type) {
    case 'release.scheduled':
      return { title: `Release of ${packName} scheduled`, sentences: [`${by} scheduled it.`, when] }
    case 'release.changed':
      return facts.change === 'versions'
        ? { title: `Release of ${packName} with other versions`, sentences: [`${by} changed it.`, when] }
        : {
            title: `Release of ${packName} moved`,
            sentences: [`${by} moved it${instead(facts, dates)}.`, when],
          }
    case 'release.cancelled':
      return {
        title: `Release of ${packName} cancelled`,
        sentences: [
          `${by} cancelled the release${schedule ? ` of ${dates.day(schedule.releaseOn)}` : ''}.`,
          reason ? `Reason: ${reason}` : '',
        ],
      }
    case 'release.reminder':
      return { title: `Release of ${packName} within a day`, sentences: [when] }
    case 'release.released':
      return {
        title: `${packName} released`,
        sentences: ['The release is current in its whole install base.', lateness(facts, dates)],
      }
    case 'release.late':
      return {
        title: `Release of ${packName} is late`,
        sentences: [
          facts.lateBySeconds === null
            ? 'Its window has ended and it is not current everywhere yet. Packline goes on by itself.'
            : lateness(facts, dates),
        ],
      }
    case 'release.failed':
      return {
        title: `Release of ${packName} failed`,
        sentences: [cause ?? '', 'Look at it, then try again or release other versions.'],
      }
    default:
      return wordForConsumer(facts, dates)
  }
}

function wordForConsumer(facts: NoticeFacts, dates: NoticeDates): WordedNotice {
  const { packName, schedule, cause, versionNumber } = facts
  const name = facts.installationName ?? packName
  const where = listEnvironments(facts)
  const when = schedule ? `It comes on ${dates.window(schedule)}.` : ''
  const early = 'Until then you may apply it yourself in Atom Management.'
  switch (facts.type) {
    case 'release.scheduled':
      return { title: `Update of ${packName} scheduled`, sentences: [when, early] }
    case 'release.changed':
      return facts.change === 'versions'
        ? {
            title: `Scheduled update of ${packName} changed`,
            sentences: ['It brings other versions.', when, early],
          }
        : {
            title: `Update of ${packName} moved`,
            sentences: [`It comes on another day${instead(facts, dates)}.`, when],
          }
    case 'release.reminder':
      return {
        title: `Update of ${packName} within a day`,
        sentences: [when, 'What has not been applied by then is updated by itself.'],
      }
    case 'release.cancelled':
      return {
        title: `Update of ${packName} withdrawn`,
        sentences: [
          `The update${schedule ? ` of ${dates.day(schedule.releaseOn)}` : ''} does not come.`,
          'Where it was applied already, the current release runs again.',
        ],
      }
    case 'release.failed':
      return {
        title: `Update of ${packName} did not go out`,
        sentences: [
          `The release${schedule ? ` of ${dates.day(schedule.releaseOn)}` : ''} could not be carried out everywhere.`,
          'What has not been updated runs on as before. Its publisher has been told.',
        ],
      }
    case 'update.applied':
      return {
        title: `${name} updated by hand`,
        sentences: [
          `${facts.by || 'Somebody'} applied the pending update${where && ` in ${where}`}.`,
          versionNumber === null ? '' : `Version ${versionNumber} is current there now.`,
        ],
      }
    case 'update.failed':
      return {
        title: `Update of ${name} could not be applied`,
        sentences: [
          `${facts.by || 'Somebody'} tried it${where && ` in ${where}`}.`,
          'Nothing was changed there. Try again.',
        ],
      }
    case 'delivery.failed':
      return {
        title: `${name} did not reach the Atom${facts.atomName ? ` ${facts.atomName}` : ''}`,
        sentences: [where ? `It should run in ${where}.` : '', cause ?? ''],
      }
    case 'webhook.paused':
      return {
        title: 'A webhook is paused',
        sentences: [
          `Packline has stopped calling ${facts.webhookUrl ?? 'it'}.`,
          cause ?? '',
          'Mend what receives the calls, then resume the webhook: what still waits is sent then. What happens meanwhile is not.',
        ],
      }
    case 'release.released':
    case 'release.late':
      return {
        title: `${packName} updated`,
        sentences: [
          versionNumber === null
            ? `The new release runs${where && ` in ${where}`}.`
            : `Version ${versionNumber} runs${where && ` in ${where}`}.`,
        ],
      }
  }
}

const instead = ({ before }: NoticeFacts, dates: NoticeDates) =>
  before ? `, not on ${dates.day(before.releaseOn)} ${before.timeZone}` : ''

const lateness = ({ lateBySeconds }: NoticeFacts, dates: NoticeDates) =>
  lateBySeconds === null ? '' : `It was current everywhere ${dates.duration(lateBySeconds)} after its window.`

function listEnvironments({ environmentNames, environmentCount }: NoticeFacts): string {
  const more = environmentCount - environmentNames.length
  const named = more > 0 ? [...environmentNames, `${more} more`] : environmentNames
  const [last, ...others] = named.toReversed()
  if (last === undefined) return ''
  return others.length === 0 ? last : `${others.toReversed().join(', ')} and ${last}`
}
