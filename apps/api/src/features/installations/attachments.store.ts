import type { Tx } from '@packline/database/client.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'
import { endDetached, runMoved } from './deliveries.store.ts'

const attached = z.object({
  attachmentId: z.uuid(),
  environmentId: z.uuid(),
  releaseId: z.uuid(),
  versionNumber: z.number(),
  appliedEarly: z.boolean(),
})
export type LockedAttachment = z.infer<typeof attached>

/** What an installation is attached to, locked in the order of the ids. The caller holds the pack and the installation. */
export async function lockAttachments(tx: Tx, installationId: string): Promise<LockedAttachment[]> {
  await tx.$queryRaw`
    select id from "Attachment" where "installationId" = ${installationId}::uuid and "detachedAt" is null
    order by id for no key update`
  const rows = await tx.$queryRaw`
    select a.id as "attachmentId", a."environmentId", a."releaseId", a."versionNumber",
      a."releaseId" <> k."currentReleaseId" and exists (
        select from "ReleaseTarget" t
        where t."releaseId" = a."releaseId" and t."attachmentId" = a.id and t.how = 'MANUAL') as "appliedEarly"
    from "Attachment" a join "IntegrationPack" k on k.id = a."packId"
    where a."installationId" = ${installationId}::uuid and a."detachedAt" is null
    order by a.id`
  return z.array(attached).parse(rows)
}

export type NewAttachments = {
  accountId: AccountScope
  installationId: string
  packId: string
  environmentIds: readonly string[]
  releaseId: string
  versionNumber: number
  actorName: string
}

/** Attaches an installation to environments: what runs there, and what their Atoms have to fetch. Returns the ids. */
export async function insertAttachments(
  tx: Tx,
  { accountId, installationId, packId, environmentIds, releaseId, versionNumber, actorName }: NewAttachments,
  now: Temporal.Instant,
): Promise<string[]> {
  const at = now.toString()
  const rows = await tx.$queryRaw`
    with moved as (
      insert into "Attachment" (id, "installationId", "packId", "accountId", "environmentId", "releaseId", "versionNumber",
        "lastUpdatedAt", "attachedAt")
      select new_id(), ${installationId}::uuid, ${packId}::uuid, ${accountId}, environment, ${releaseId}::uuid,
        ${versionNumber}, ${at}::timestamptz, ${at}::timestamptz
      from unnest(${[...environmentIds]}::uuid[]) environment
      returning id, "accountId", "environmentId", "releaseId"),
    ${runMoved(now, actorName)}
    select id from moved`
  return z
    .array(z.object({ id: z.uuid() }))
    .parse(rows)
    .map(({ id }) => id)
}

/** Ends attachments, with what ran through them. */
export async function detach(tx: Tx, attachmentIds: readonly string[], now: Temporal.Instant) {
  await tx.$executeRaw`
    with detached as (
      update "Attachment" set "detachedAt" = ${now.toString()}::timestamptz
      where id = any(${[...attachmentIds]}::uuid[]) and "detachedAt" is null
      returning id),
    ${endDetached(now)}
    select id from detached`
}
