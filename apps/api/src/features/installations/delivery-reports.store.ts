import type { Tx } from '@packline/database/client.ts'
import { z } from 'zod'
import type { AtomScope } from '../../platform/actor.ts'
import { keepReport, type NodeReport, wantedByNode } from '../../platform/node-report.ts'

const wantedRow = wantedByNode.extend({ packId: z.uuid(), packName: z.string() })

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

type DeliveryReport = NodeReport & Place & { accountId: string; releaseId: string }

/** Keeps how far a node is. Once it runs a release, what it ran or was to run before is superseded. */
export async function saveReport(tx: Tx, report: DeliveryReport, now: Temporal.Instant) {
  const { attachmentId, nodeId, releaseId, atomId, accountId, state, isChange } = report
  const { columns, values, changes } = keepReport(report, now)
  await tx.$executeRaw`
    insert into "Delivery" as kept ("attachmentId", "nodeId", "releaseId", "atomId", "accountId", ${columns})
    values (${attachmentId}::uuid, ${nodeId}::uuid, ${releaseId}::uuid, ${atomId}::uuid, ${accountId}, ${values})
    on conflict ("attachmentId", "nodeId", "releaseId") do update set ${changes}`
  if (state !== 'ACTIVE' || !isChange) return
  await tx.$executeRaw`
    update "Delivery" set state = 'SUPERSEDED', "changedAt" = ${now.toString()}::timestamptz
    where "attachmentId" = ${attachmentId}::uuid and "nodeId" = ${nodeId}::uuid and "releaseId" <> ${releaseId}::uuid
      and state <> 'SUPERSEDED'`
}
