import type { Tx } from '@packline/database/client.ts'
import type { DeliveryState } from '@packline/domain/deliveries/delivery-state.ts'
import { z } from 'zod'
import type { AtomScope } from '../../platform/actor.ts'

const wantedRow = z.object({
  accountId: z.string(),
  environmentId: z.uuid(),
  environmentName: z.string(),
  name: z.string(),
  packId: z.uuid(),
  packName: z.string(),
  wantedReleaseId: z.uuid(),
  state: z.enum(['WAITING', 'DOWNLOADING', 'ACTIVE', 'FAILED', 'SUPERSEDED']).nullable(),
})

type Place = { atomId: AtomScope; nodeId: string; attachmentId: string }

/**
 * What a node of this Atom should run through an attachment and how far it is with it; undefined when the attachment is
 * in none of the Atom's environments. The attachment stays as it is until the transaction ends.
 */
export async function lockWanted(tx: Tx, { atomId, nodeId, attachmentId }: Place) {
  const rows = await tx.$queryRaw`
    select a."accountId", a."environmentId", e.name as "environmentName", i.name, a."packId",
      k.name as "packName", a."releaseId" as "wantedReleaseId", d.state
    from "Attachment" a
    join "Environment" e on e.id = a."environmentId"
    join "Installation" i on i.id = a."installationId"
    join "IntegrationPack" k on k.id = a."packId"
    left join "Delivery" d on d."attachmentId" = a.id and d."releaseId" = a."releaseId" and d."nodeId" = ${nodeId}::uuid
    where a.id = ${attachmentId}::uuid and a."detachedAt" is null and exists (
      select from "EnvironmentAtom" e
      where e."atomId" = ${atomId}::uuid and e."environmentId" = a."environmentId" and e."accountId" = a."accountId")
    for share of a`
  return z.array(wantedRow).parse(rows)[0]
}

export type DeliveryReport = Place & {
  accountId: string
  releaseId: string
  state: DeliveryState
  isChange: boolean
  countsAsAttempt: boolean
  cause: string | null
  progressBytes: number | null
  totalBytes: number | null
}

/** Keeps how far a node is. Once it runs a release, what it ran or was to run before is superseded. */
export async function saveReport(tx: Tx, report: DeliveryReport, now: Temporal.Instant) {
  const { attachmentId, nodeId, releaseId, atomId, accountId, state, isChange } = report
  const attempts = report.countsAsAttempt ? 1 : 0
  await tx.$executeRaw`
    insert into "Delivery" ("attachmentId", "nodeId", "releaseId", "atomId", "accountId", state, cause, attempts,
      "progressBytes", "totalBytes", "changedAt")
    values (${attachmentId}::uuid, ${nodeId}::uuid, ${releaseId}::uuid, ${atomId}::uuid, ${accountId},
      ${state}::"DeliveryState", ${report.cause}, ${attempts}, coalesce(${report.progressBytes}::bigint, 0),
      coalesce(${report.totalBytes}::bigint, 0), ${now.toString()}::timestamptz)
    on conflict ("attachmentId", "nodeId", "releaseId") do update set state = excluded.state, cause = excluded.cause,
      attempts = "Delivery".attempts + excluded.attempts,
      "progressBytes" = coalesce(${report.progressBytes}::bigint, "Delivery"."progressBytes"),
      "totalBytes" = coalesce(${report.totalBytes}::bigint, "Delivery"."totalBytes"),
      "changedAt" = case when ${isChange} then excluded."changedAt" else "Delivery"."changedAt" end`
  if (state !== 'ACTIVE' || !isChange) return
  await tx.$executeRaw`
    update "Delivery" set state = 'SUPERSEDED', "changedAt" = ${now.toString()}::timestamptz
    where "attachmentId" = ${attachmentId}::uuid and "nodeId" = ${nodeId}::uuid and "releaseId" <> ${releaseId}::uuid
      and state <> 'SUPERSEDED'`
}
