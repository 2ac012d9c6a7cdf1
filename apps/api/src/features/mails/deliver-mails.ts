import type { Database } from '@packline/database/client.ts'
import { noticeMail } from '@packline/domain/notices/notice-mail.ts'
import { mailRetrySeconds } from '@packline/domain/notices/mail-retries.ts'
import { type ClaimedMail, claimMails, markMailFailed, markMailSent } from '../../platform/mail-outbox.ts'
import type { MailTransport, OutgoingMail } from '../../platform/mail-transport.ts'
import { loadNoticesToMail, type NoticeToMail } from './mails.store.ts'

/** Mails taken at once: done long before their lease ends, or put back. */
const atOnce = 20

export type DeliverOptions = {
  transport: MailTransport
  /** Where links in mails lead to. */
  publicUrl: string
  mayGoOn?: () => boolean
  /** A mail that is given up. */
  onGivenUp?: (mail: { id: string; error: string }) => void
}

export type Delivered = { sent: number; isServerAway: boolean }

/**
 * Sends what waits in the outbox. A mail is marked as sent after the server has taken it; an instance that dies between
 * the two sends it again later under the same Message-ID. Ends early when the server takes no mail at all.
 */
export async function deliverMails(jobDb: Database, options: DeliverOptions): Promise<Delivered> {
  const { mayGoOn = () => true } = options
  let sent = 0
  while (mayGoOn()) {
    const claimed = await jobDb.$transaction((tx) => claimMails(tx, atOnce))
    if (claimed.length === 0) break
    const notices = await loadNoticesToMail(
      jobDb,
      claimed.flatMap(({ noticeId }) => noticeId ?? []),
    )
    let awayBecause: string | undefined
    for (const mail of claimed) {
      const result =
        awayBecause === undefined ? await deliver(mail, notices, options) : delayed(mail, awayBecause)
      if (result.kind === 'sent') sent += 1
      else if (result.isServerAway) awayBecause = result.error
      await save(jobDb, mail, result, options)
    }
    if (awayBecause !== undefined) return { sent, isServerAway: true }
  }
  return { sent, isServerAway: false }
}

type Result =
  | { kind: 'sent' }
  | { kind: 'failed'; error: string; retryInSeconds: number | null; isServerAway: boolean }

async function deliver(
  mail: ClaimedMail,
  notices: ReadonlyMap<string, NoticeToMail>,
  { transport, publicUrl }: DeliverOptions,
): Promise<Result> {
  if (mail.isTooLate)
    return givenUp(`No mail server took it in time.${mail.lastError ? ` ${mail.lastError}` : ''}`)
  const outgoing = compose(mail, notices, publicUrl)
  if (!outgoing)
    return givenUp('Its reader does not work in the account any more, or the account is suspended.')
  const outcome = await transport.send(outgoing)
  if (outcome.kind === 'sent') return outcome
  if (outcome.kind === 'refused') return givenUp(outcome.error)
  return { ...delayed(mail, outcome.error), isServerAway: outcome.isServerAway }
}

const givenUp = (error: string): Result => ({
  kind: 'failed',
  error,
  retryInSeconds: null,
  isServerAway: false,
})
const delayed = ({ attempts }: ClaimedMail, error: string) =>
  ({ kind: 'failed', error, retryInSeconds: mailRetrySeconds(attempts), isServerAway: true }) as const

function compose(
  mail: ClaimedMail,
  notices: ReadonlyMap<string, NoticeToMail>,
  publicUrl: string,
): OutgoingMail | undefined {
  const { key, toAddress, toName, noticeId, subject, text, html } = mail
  const addressed = { key, to: { address: toAddress, name: toName } }
  if (noticeId === null) return { ...addressed, subject: subject ?? '', text: text ?? '', html }
  const notice = notices.get(noticeId)
  if (!notice) return undefined
  const { calendarKey, ...facts } = notice
  const at = (path: string) => new URL(path, publicUrl).href
  return {
    ...addressed,
    ...noticeMail({
      ...facts,
      noticeUrl: at(`/notices/${noticeId}`),
      calendarUrl: calendarKey === null ? null : at(`/api/v1/notice-calendars/${calendarKey}/release.ics`),
      preferencesUrl: at('/settings/user'),
    }),
  }
}

function save(jobDb: Database, { id }: ClaimedMail, result: Result, { onGivenUp }: DeliverOptions) {
  return jobDb.$transaction(async (tx) => {
    if (result.kind === 'sent') return markMailSent(tx, id)
    if (result.retryInSeconds === null) onGivenUp?.({ id, error: result.error })
    return markMailFailed(tx, id, result)
  })
}
