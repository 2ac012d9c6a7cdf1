import type { Tx } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import type { EventType } from '@packline/domain/notices/event-type.ts'
import { z } from 'zod'
import { rolesWithAny } from '../../platform/account-access.ts'
import type { AccountScope } from '../../platform/actor.ts'
import { mailNotices } from '../../platform/mail-outbox.ts'

const step = z.object({ eventId: z.uuid(), cursor: z.uuid() })
export type Reach = { installations: number; sendsMail: boolean }

/**
 * Writes who is told of these events, one notice a person, account and event (D-26), and the mails of those who want
 * them. Told are users of the account itself, not those who come through an account group: in the publisher's account
 * those who may release, in a managed account those who may see its updates, of a webhook those who may mend it, and nobody of what they did
 * themselves.
 * Whoever scheduled a release is told how it went as long as they work in the account at all, whatever they may do there
 * by then. A suspended account's users find it when their account is active again.
 *
 * A release may concern a million installations: of these only the next ones are looked at, from where each event's
 * cursor stands. Returns where it stands now.
 */
export async function insertNotices(
  tx: Tx,
  eventIds: readonly string[],
  { installations, sendsMail }: Reach,
) {
  const rows = await tx.$queryRaw`
    with told as materialized (select * from "Event" where id = any(${[...eventIds]}::uuid[])),
    publishers as materialized (${rolesWithAny(['integration-pack'])}),
    consumers as materialized (${rolesWithAny(['atom-management', 'atom-management-read-access'])}),
    administrators as materialized (${rolesWithAny(['account-administration'])}),
    chunk as materialized (
      select e.id as "eventId", i.id, i."accountId"
      from told e cross join lateral (
        select i.id, i."accountId" from "Installation" i
        where i."packId" = e."packId" and i."uninstalledAt" is null
          and i.id > coalesce(e."spreadCursor", '00000000-0000-0000-0000-000000000000')
        order by i.id
        limit ${installations}) i
      where e.type like 'release.%' and e.type <> 'release.late'
      order by e."writtenAt", e.id, i.id
      limit ${installations}),
    places as (
      select e.id as "eventId", c."accountId"
      from chunk c join told e on e.id = c."eventId"
      where e.type in ('release.scheduled', 'release.changed', 'release.cancelled', 'release.reminder', 'release.failed')
        and e.data ->> 'timing' = 'DATED'
        and exists (
          select from "AccountGroupPack" gp join "AccountGroupAccount" ga on ga."groupId" = gp."groupId"
          where gp."packId" = e."packId" and ga."accountId" = c."accountId")
      union
      -- Where it was applied by hand, that has been told.
      select e.id, c."accountId"
      from chunk c join told e on e.id = c."eventId"
      where e.type = 'release.released' and exists (
        select from "ReleaseTarget" t
        where t."releaseId" = e."releaseId" and t."accountId" = c."accountId" and t.how in ('AUTOMATIC', 'IMMEDIATE'))
      union
      -- Who was told that it comes is told that it does not, also when the pack is gone.
      select e.id, n."accountId"
      from told e
      join "Event" earlier on earlier."releaseId" = e."releaseId"
      join "Notice" n on n."eventId" = earlier.id and n."accountId" <> e."accountId"
      where e.type = 'release.cancelled' and e."spreadCursor" is null
        and earlier.type in ('release.scheduled', 'release.changed', 'release.reminder')
      union
      select e.id, e."accountId" from told e where e.type not like 'release.%' and e.type not like 'webhook.%'),
    published as (
      select * from told e
      where e.type like 'release.%' and e."spreadCursor" is null
        -- That it went out late says that it went out.
        and not (e.type = 'release.released' and exists (
          select from "Event" l where l."releaseId" = e."releaseId" and l.type = 'release.late' and l.at = e.at))),
    readers as (
      select p."eventId", m."accountId", m."userId"
      from places p
      join "Membership" m on m."accountId" = p."accountId" and m."roleId" in (select id from consumers)
      union
      select e.id, m."accountId", m."userId"
      from told e
      join "Membership" m on m."accountId" = e."accountId" and m."roleId" in (select id from administrators)
      where e.type like 'webhook.%'
      union
      select e.id, m."accountId", m."userId"
      from published e
      join "Membership" m on m."accountId" = e."accountId" and m."roleId" in (select id from publishers)
      join "Account" a on a.id = m."accountId" and 'integration-pack-management' = any(a.features)
      union
      select e.id, w."accountId", w."userId"
      from published e
      join "AccountAccess" w on w."accountId" = e."accountId" and w."userId" = (e.data ->> 'scheduledById')::uuid
      where e.type in ('release.released', 'release.late', 'release.failed')),
    inserted as (
      insert into "Notice" ("eventId", "accountId", "userId", at)
      select e.id, r."accountId", r."userId", e.at
      from readers r
      join told e on e.id = r."eventId" and e."actorUserId" is distinct from r."userId"
      join "Account" a on a.id = r."accountId" and a.status <> 'deleted'
      on conflict do nothing
      returning id, "eventId", "accountId", "userId")
    ${sendsMail ? Prisma.sql`, mailed as (${mailNotices})` : Prisma.empty}
    select "eventId", (array_agg(id order by id desc))[1] as cursor from chunk group by "eventId"`
  return z.array(step).parse(rows)
}

type Own = { scope: AccountScope; userId: string }

/** Marks one notice as read; false when this person has no such notice in this account. */
export async function markRead(tx: Tx, { scope, userId }: Own, noticeId: string, now: Temporal.Instant) {
  const found = await tx.$executeRaw`
    update "Notice" set "readAt" = coalesce("readAt", ${now.toString()}::timestamptz)
    where id = ${noticeId}::uuid and "userId" = ${userId}::uuid and "accountId" = ${scope}`
  return found === 1
}

/** Marks this notice and all before it as read: what has come since, nobody has seen. */
export async function markReadUpTo(tx: Tx, { scope, userId }: Own, noticeId: string, now: Temporal.Instant) {
  const newest = await tx.$queryRaw`
    select id from "Notice" where id = ${noticeId}::uuid and "userId" = ${userId}::uuid and "accountId" = ${scope}`
  if (z.array(z.unknown()).parse(newest).length === 0) return false
  await tx.$executeRaw`
    update "Notice" n set "readAt" = ${now.toString()}::timestamptz
    from "Notice" newest
    where newest.id = ${noticeId}::uuid and n."userId" = ${userId}::uuid and n."accountId" = ${scope}
      and n."readAt" is null and (n.at, n.id) <= (newest.at, newest.id)`
  return true
}

export async function listMailOff(tx: Tx, userId: string): Promise<string[]> {
  const rows = await tx.noticeMailOff.findMany({ where: { userId }, orderBy: { kind: 'asc' } })
  return rows.map(({ kind }) => kind)
}

/** Of these kinds the person wants no mail, of all others some. */
export async function saveMailOff(tx: Tx, userId: string, kinds: readonly EventType[]) {
  await tx.noticeMailOff.deleteMany({ where: { userId } })
  await tx.noticeMailOff.createMany({ data: kinds.map((kind) => ({ userId, kind })) })
}

/** Notices that nobody looks for any more; the events they tell of stay. */
export function deleteOldNotices(db: Pick<Tx, '$executeRaw'>): Promise<number> {
  return db.$executeRaw`delete from "Notice" where at < app_now() - interval '1 year'`
}
