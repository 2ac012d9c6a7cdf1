import type { Tx } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { z } from 'zod'
import type { Env } from './env.ts'
import type { Listener, Signals } from './signals.ts'

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
    -- By whatever index: to name one asks for the right to read mails, which nobody has who writes them.
    on conflict do nothing`
  await announceMail(tx)
}

/** The same mail to each of these people: a query that has their `id`, `email` and `name`. */
export async function sendMails(tx: Tx, mail: Omit<NewMail, 'to'>, people: Prisma.Sql) {
  const { key, subject, text, html, usefulForMinutes = twoDays } = mail
  await tx.$executeRaw`
    insert into "Mail" (key, "toAddress", "toName", subject, text, html, "giveUpAt")
    select ${key} || ' ' || p.id, p.email, p.name, ${subject}, ${text}, ${html ?? null},
      now() + make_interval(mins => ${usefulForMinutes}::int)
    from (${people}) p
    on conflict do nothing`
  await announceMail(tx)
}

/**
 * Part of a statement: a mail for each row of its `inserted`, notices with id, "eventId", "accountId" and "userId", whose
 * reader wants that kind by mail. Its words are made when it is sent. The users of a suspended account get none.
 */
export const mailNotices = Prisma.sql`
  insert into "Mail" (key, "toAddress", "toName", "noticeId", "giveUpAt")
  select 'notice:' || n.id, u.email, trim(u."firstName" || ' ' || u."lastName"), n.id,
    now() + make_interval(mins => ${twoDays}::int)
  from inserted n
  join "Event" e on e.id = n."eventId"
  join "User" u on u.id = n."userId"
  join "Account" a on a.id = n."accountId" and a.status not in ('suspended', 'deleted')
  where not exists (select from "NoticeMailOff" o where o."userId" = n."userId" and o.kind = e.type)
  on conflict (key) do nothing`

const claimedMail = z.object({
  id: z.uuid(),
  key: z.string(),
  toAddress: z.string(),
  toName: z.string(),
  noticeId: z.uuid().nullable(),
  subject: z.string().nullable(),
  text: z.string().nullable(),
  html: z.string().nullable(),
  attempts: z.number(),
  isTooLate: z.boolean(),
  lastError: z.string().nullable(),
})
export type ClaimedMail = z.infer<typeof claimedMail>

/** Longer than the server may take for a mail: nobody else takes it up while it is being sent. */
const leaseMinutes = 5

/**
 * Takes mails that are to be sent, for five minutes: an instance that dies meanwhile leaves them to the others after
 * that. Sending happens outside the transaction, because a mail server may take its time.
 */
export async function claimMails(tx: Tx, limit: number): Promise<ClaimedMail[]> {
  const rows = await tx.$queryRaw`
    with waiting as (
      select id from "Mail"
      where "sentAt" is null and "failedAt" is null and "nextTryAt" <= now()
      order by "nextTryAt", id
      limit ${limit}
      for update skip locked)
    update "Mail" m set attempts = m.attempts + 1, "nextTryAt" = now() + make_interval(mins => ${leaseMinutes}::int)
    from waiting where m.id = waiting.id
    returning m.id, m.key, m."toAddress", m."toName", m."noticeId", m.subject, m.text, m.html, m.attempts,
      m."giveUpAt" <= now() as "isTooLate", m."lastError"`
  return z.array(claimedMail).parse(rows)
}

/** The server has taken it; what it said is forgotten, because it may have held a one-time link. */
export async function markMailSent(tx: Tx, mailId: string) {
  await tx.$executeRaw`
    update "Mail" set "sentAt" = now(), subject = null, text = null, html = null, "lastError" = null
    where id = ${mailId}::uuid and "failedAt" is null`
}

export type FailedTry = { error: string; retryInSeconds: number | null }

/** It could not be sent: it is tried again later, or given up. */
export async function markMailFailed(tx: Tx, mailId: string, { error, retryInSeconds }: FailedTry) {
  if (retryInSeconds === null) {
    await tx.$executeRaw`
      update "Mail" set "failedAt" = now(), "lastError" = ${error}, subject = null, text = null, html = null
      where id = ${mailId}::uuid and "sentAt" is null`
    return
  }
  await tx.$executeRaw`
    update "Mail" set "lastError" = ${error},
      "nextTryAt" = least(now() + make_interval(secs => ${retryInSeconds}::int), greatest("giveUpAt", now()))
    where id = ${mailId}::uuid and "sentAt" is null`
}

/** How long until a mail waits to be sent, in milliseconds; undefined when none does. */
export async function untilNextMail(db: Pick<Tx, '$queryRaw'>): Promise<number | undefined> {
  const rows = await db.$queryRaw`
    select extract(epoch from "nextTryAt" - now())::float8 * 1000 as millis from "Mail"
    where "sentAt" is null and "failedAt" is null order by "nextTryAt", id limit 1`
  return z.array(z.object({ millis: z.number() })).parse(rows)[0]?.millis
}

/** Mails sent or given up a month ago: nothing is kept of them but that they were. */
export function deleteOldMails(db: Pick<Tx, '$executeRaw'>): Promise<number> {
  return db.$executeRaw`
    delete from "Mail" where coalesce("sentAt", "failedAt") < now() - interval '30 days'`
}

/** The channel on which the jobs hear that mail is to be sent. */
const mailChannel = 'packline_mails'

/** Wakes the jobs once this transaction is committed. */
export async function announceMail(tx: Tx) {
  await tx.$executeRaw`select pg_notify(${mailChannel}, '')`
}

/** Calls `onSignal` whenever mail is to be sent, whichever instance wrote it. */
export const listenForMails = (signals: Signals, onSignal: () => void): Listener =>
  signals.listen({ channels: [mailChannel], onSignal })
