import type { Tx } from '@packline/database/client.ts'
import { z } from 'zod'

/** Deliveries that are made to wait again at once: a second of work. */
export const retriedAtOnce = 20_000

const retried = z.tuple([z.object({ count: z.number(), environmentIds: z.array(z.uuid()) })])

/**
 * Makes failed deliveries of a release wait again, those to some attachments or all; suspended accounts have to wait
 * anyway. What a node has fetched already, and how often it failed, is kept. Says how many, and in which environments.
 * The pack is locked, so that no release goes out meanwhile.
 */
export async function retryFailedDeliveries(
  tx: Tx,
  { releaseId, attachmentIds }: { releaseId: string; attachmentIds: readonly string[] | undefined },
  now: Temporal.Instant,
) {
  const only = attachmentIds === undefined ? null : [...attachmentIds]
  const [found] = retried.parse(
    await tx.$queryRaw`
      with failed as (
        select d."attachmentId", d."nodeId" from "Delivery" d
        join "Account" s on s.id = d."accountId" and s.status not in ('suspended', 'deleted')
        where d."releaseId" = ${releaseId}::uuid and d.state = 'FAILED'
          and (${only}::uuid[] is null or d."attachmentId" = any(${only}::uuid[]))
        order by d."accountId", d."attachmentId", d."nodeId"
        limit ${retriedAtOnce}
        for no key update of d),
      waiting as (
        update "Delivery" d set state = 'WAITING', cause = null, "changedAt" = ${now.toString()}::timestamptz
        from failed f
        where d."attachmentId" = f."attachmentId" and d."nodeId" = f."nodeId" and d."releaseId" = ${releaseId}::uuid
        returning d."attachmentId")
      select count(*)::int as count, coalesce(array_agg(distinct a."environmentId"), '{}') as "environmentIds"
      from waiting join "Attachment" a on a.id = waiting."attachmentId"`,
  )
  return found
}
