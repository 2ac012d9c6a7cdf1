import type { Tx } from '@packline/database/client.ts'
import { z } from 'zod'

const ended = z.object({ id: z.uuid(), sequence: z.number(), status: z.enum(['SCHEDULED', 'IN_PROGRESS']) })

/**
 * Ends the pack's scheduled release and the one that is going out, so that neither goes on. Returns them as they were.
 * A worker that holds one of them finishes its chunk first.
 */
export async function cancelOpenReleases(
  tx: Tx,
  packId: string,
  cancellation: { reason: string; actorName: string; now: Temporal.Instant },
) {
  const at = cancellation.now.toString()
  const rows = await tx.$queryRaw`
    with open as (
      select id, sequence, status from "Release"
      where "packId" = ${packId}::uuid and status in ('SCHEDULED', 'IN_PROGRESS')
      order by id for update),
    ended as (
      update "Release" r set status = 'CANCELLED', "cancelReason" = ${cancellation.reason},
        "cancelledByName" = ${cancellation.actorName}, "cancelledAt" = ${at}::timestamptz,
        "changedAt" = ${at}::timestamptz
      from open where r.id = open.id)
    select id, sequence, status from open order by sequence`
  return z.array(ended).parse(rows)
}
