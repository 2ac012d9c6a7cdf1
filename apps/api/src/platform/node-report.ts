import { Prisma } from '@packline/database/generated/client.ts'
import type { DeliveryState } from '@packline/domain/deliveries/delivery-state.ts'
import { z } from 'zod'

/** What a node should run, through a pack or deployed by itself, and how far it is with it. */
export const wantedByNode = z.object({
  accountId: z.string(),
  environmentId: z.uuid(),
  environmentName: z.string(),
  name: z.string(),
  wantedReleaseId: z.uuid(),
  state: z.enum(['WAITING', 'DOWNLOADING', 'ACTIVE', 'FAILED', 'SUPERSEDED']).nullable(),
})

/** What a node says of it, once decided. */
export type NodeReport = {
  nodeId: string
  state: DeliveryState
  isChange: boolean
  countsAsAttempt: boolean
  cause: string | null
  progressBytes: number | null
  totalBytes: number | null
}

/**
 * Parts of a statement that inserts a report `as kept`, or puts it over the one before: attempts add up, progress stays
 * where none is told, and the instant is that of the last change.
 */
export const keepReport = (report: NodeReport, now: Temporal.Instant) => ({
  columns: Prisma.sql`state, cause, attempts, "progressBytes", "totalBytes", "changedAt"`,
  values: Prisma.sql`${report.state}::"DeliveryState", ${report.cause}, ${report.countsAsAttempt ? 1 : 0},
    coalesce(${report.progressBytes}::bigint, 0), coalesce(${report.totalBytes}::bigint, 0),
    ${now.toString()}::timestamptz`,
  changes: Prisma.sql`state = excluded.state, cause = excluded.cause, attempts = kept.attempts + excluded.attempts,
    "progressBytes" = coalesce(${report.progressBytes}::bigint, kept."progressBytes"),
    "totalBytes" = coalesce(${report.totalBytes}::bigint, kept."totalBytes"),
    "changedAt" = case when ${report.isChange} then excluded."changedAt" else kept."changedAt" end`,
})
