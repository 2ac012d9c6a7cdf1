import { mailBody } from '../text/mail-body.ts'
import { knownLocale, writeDay, writeDuration, writeWindow } from '../time/write-for-reader.ts'
import type { NoticeFacts } from './notice-facts.ts'
import { wordNotice } from './word-notice.ts'

export type NoticeMail = {
  facts: NoticeFacts
  accountName: string
  /** The reader's language and saved zone; without one, dates are in the zone of the release or in UTC. */
  locale: string | null
  timeZone: string | null
  noticeUrl: string
  /** Null when there is nothing to put into a calendar. */
  calendarUrl: string | null
  preferencesUrl: string
}

/** A notice as a mail, with dates in the reader's zone and in the conventions of their language. */
export function noticeMail(mail: NoticeMail): { subject: string; text: string; html: string } {
  const { facts, accountName, calendarUrl } = mail
  const locale = knownLocale(mail.locale)
  const { title, sentences } = wordNotice(facts, {
    day: (date) => writeDay(date, locale),
    window: (schedule) => writeWindow(schedule, { locale, timeZone: mail.timeZone ?? schedule.timeZone }),
    duration: writeDuration,
  })
  return {
    subject: title,
    ...mailBody([
      sentences.join(' '),
      facts.notes && `Release notes:\n${facts.notes}`,
      { label: 'Open it in Packline', url: mail.noticeUrl },
      ...(calendarUrl === null ? [] : [{ label: 'Add to calendar', url: calendarUrl }]),
      `You are told as a user of the account ${accountName}.`,
      { label: 'Choose what you are told by mail', url: mail.preferencesUrl },
    ]),
  }
}
