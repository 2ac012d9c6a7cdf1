import type { Tx } from '@packline/database/client.ts'
import type { Env } from './env.ts'

/** Whether mail can be sent at all; where not, whoever would have sent some shows its link instead. */
export const hasMailServer = (env: Pick<Env, 'mail'>): boolean => env.mail !== undefined

export type NewMail = {
  /** One thing to tell, one mail: written again under the same key, it stays the one it is. */
  key: string
  to: { address: string; name?: string }
  /** One line; line breaks in it become spaces. */
  subject: string
  text: string
  /** Escaped by whoever makes it. */
  html?: string
  /** Given up after so long: 48 hours, or less where the mail is of no use any more by then. */
  usefulForMinutes?: number
}

const twoDays = 48 * 60

/**
 * Puts a mail into the outbox, in the transaction of the act it tells of; the job sends it. Only to be called where
 * there is a mail server.
 */
export async function sendMail(tx: Tx, mail: NewMail) {
  const { key, to, subject, text, html, usefulForMinutes = twoDays } = mail
  await tx.$executeRaw`
    insert into "Mail" (key, "toAddress", "toName", subject, text, html, "giveUpAt")
    values (${key}, ${to.address}, ${to.name ?? ''}, ${subject}, ${text}, ${html ?? null},
      now() + make_interval(mins => ${usefulForMinutes}::int))
    on conflict (key) do nothing`
  await announceMail(tx)
}

/** The channel on which the jobs hear that mail is to be sent. */
const mailChannel = 'packline_mails'

async function announceMail(tx: Tx) {
  await tx.$executeRaw`select pg_notify(${mailChannel}, '')`
}
