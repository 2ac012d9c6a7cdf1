import type { Tx } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { z } from 'zod'
import { bringReached, lockAttachments, installationsAtOnce } from './installation-updates.store.ts'

const nilId = '00000000-0000-0000-0000-000000000000'

/**
 * Has the job look through the install base of those of these packs that are installed somewhere, from its start on:
 * what fell behind while they were not shared is to get the current release. The caller holds the packs.
 */
export async function requestCatchUp(tx: Tx, packIds: readonly string[], now: Temporal.Instant) {
  await tx.$executeRaw`
    insert into "SharingCatchUp" ("packId", "nextTryAt", "requestedAt")
    select k.id, ${now.toString()}::timestamptz, ${now.toString()}::timestamptz from "IntegrationPack" k
    where k.id = any(${[...packIds]}::uuid[]) and exists (
      select from "Installation" i where i."packId" = k.id and i."uninstalledAt" is null)
    order by k.id
    on conflict ("packId") do update set cursor = null, attempts = 0, "lastError" = null,
      "nextTryAt" = excluded."nextTryAt", "requestedAt" = excluded."requestedAt"`
}

/** Of these packs those that these accounts have installed in an older release than the current one. */
export async function listBehind(
  tx: Tx,
  packIds: readonly string[],
  accountIds: readonly string[],
): Promise<string[]> {
  const rows = await tx.$queryRaw`
    select distinct i."packId" from "Installation" i
    join "IntegrationPack" k on k.id = i."packId"
    join "Release" current on current.id = k."currentReleaseId"
    join "Release" last on last.id = i."lastDeliveredReleaseId"
    where i."packId" = any(${[...packIds]}::uuid[]) and i."accountId" = any(${[...accountIds]}::text[])
      and i."uninstalledAt" is null and (last.sequence < current.sequence or exists (
        select from "Attachment" a join "Release" running on running.id = a."releaseId"
        where a."installationId" = i.id and a."detachedAt" is null and running.sequence < current.sequence))
    order by i."packId"`
  return z
    .array(z.object({ packId: z.uuid() }))
    .parse(rows)
    .map(({ packId }) => packId)
}

const claimedCatchUp = z.object({
  packId: z.uuid(),
  currentReleaseId: z.uuid(),
  cursor: z.uuid().nullable(),
  attempts: z.number(),
})
export type ClaimedCatchUp = z.infer<typeof claimedCatchUp>

/** Whether the turn of any has come: nearly always there is none, and claiming takes the database much longer to plan. */
export async function isAnyToCatchUp(tx: Tx): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    select "packId" from "SharingCatchUp" where "nextTryAt" <= app_now() order by "nextTryAt", "packId" limit 1`
  return rows.length > 0
}

/**
 * Claims the pack that has waited longest, with the pack itself; those in other hands are skipped. One whose release is
 * going out right now waits until it is out: that release reaches on its own what it has not passed yet.
 */
export async function claimCatchUp(tx: Tx): Promise<ClaimedCatchUp | undefined> {
  const rows = await tx.$queryRaw`
    select c."packId", k."currentReleaseId", c.cursor, c.attempts
    from "SharingCatchUp" c join "IntegrationPack" k on k.id = c."packId"
    where c."nextTryAt" <= app_now() and k."currentReleaseId" is not null and not exists (
      select from "Release" r where r."packId" = k.id and r.status = 'IN_PROGRESS')
    order by c."nextTryAt", c."packId"
    limit 1
    for update of c, k skip locked`
  return z.array(claimedCatchUp).parse(rows)[0]
}

const progress = z.object({ cursor: z.uuid().nullable(), examined: z.number(), updated: z.number() })

/**
 * Looks at the next installations of a claimed pack, at most `limit`, and brings those that an account group connects
 * with it, and that fell behind, to its current release: as the release itself would have done. What was applied early
 * and is ahead of the current release stays (D-3). Says how many attachments were moved and whether this was the rest.
 */
export async function catchUp(
  tx: Tx,
  { packId, currentReleaseId, cursor }: ClaimedCatchUp,
  limit: number,
  now: Temporal.Instant,
): Promise<{ updated: number; isDone: boolean }> {
  const atOnce = await installationsAtOnce(tx, [currentReleaseId], limit)
  const chunk = Prisma.sql`
    select i.id, i."packId", i."packType", i."accountId", r.id as "releaseId", r.sequence,
      case r.timing when 'DATED' then 'AUTOMATIC' else 'IMMEDIATE' end::"UpdatedHow" as how,
      i."deliveredCount" + sign(r.sequence - last.sequence)::int as number,
      i."lastDeliveredReleaseId", last.sequence < r.sequence as "isNew"
    from "Release" r
    cross join lateral (
      select * from "Installation" i
      where i."packId" = r."packId" and i."uninstalledAt" is null and i.id > ${cursor ?? nilId}::uuid
      order by i.id
      limit ${atOnce}) i
    join "Release" last on last.id = i."lastDeliveredReleaseId"
    where r.id = ${currentReleaseId}::uuid`
  await lockAttachments(tx, Prisma.sql`a."installationId" in (select id from (${chunk}) chunk)`)
  const rows = await tx.$queryRaw`
    with chunk as (${chunk}),
    reached as (
      select c.* from chunk c where exists (
        select from "AccountGroupPack" gp join "AccountGroupAccount" ga on ga."groupId" = gp."groupId"
        where gp."packId" = c."packId" and ga."accountId" = c."accountId")),
    ${bringReached('Shared again', now)}
    select (array_agg(id order by id desc))[1] as cursor, count(*)::int as examined,
      (select count(*)::int from moved) as updated
    from chunk`
  const [{ cursor: reached, examined, updated }] = z.tuple([progress]).parse(rows)
  const isDone = examined < atOnce
  if (isDone) await tx.sharingCatchUp.delete({ where: { packId } })
  else await tx.sharingCatchUp.update({ where: { packId }, data: { cursor: reached, attempts: 0 } })
  return { updated, isDone }
}

/** Counts the attempt and puts the next one off. */
export async function putOffCatchUp(
  tx: Tx,
  packId: string,
  failure: { attempts: number; error: string; nextTryAt: Temporal.Instant },
) {
  await tx.sharingCatchUp.updateMany({
    where: { packId },
    data: { attempts: failure.attempts, lastError: failure.error, nextTryAt: failure.nextTryAt.toString() },
  })
}
