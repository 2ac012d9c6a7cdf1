import type { Database, Tx } from '@packline/database/client.ts'
import type { AttachmentFacts } from '@packline/domain/updates/attachment-state.ts'
import { z } from 'zod'
import type { AccountScope } from '../platform/actor.ts'

const row = z.object({
  attachmentId: z.uuid(),
  installationId: z.uuid(),
  installationName: z.string(),
  packId: z.uuid(),
  packName: z.string(),
  packType: z.enum(['SINGLE', 'MULTI']),
  environmentId: z.uuid(),
  environmentName: z.string(),
  classification: z.enum(['PRODUCTION', 'TEST']),
  atomCount: z.number(),
  isAtom: z.boolean(),
  releaseId: z.uuid(),
  versionNumber: z.number(),
  lastUpdatedAt: z.date().transform((date) => date.toISOString()),
  updatedHow: z.enum(['ATTACHED', 'MANUAL', 'AUTOMATIC', 'IMMEDIATE', 'WITHDRAWN']),
  attachedAt: z.date().transform((date) => date.toISOString()),
  deliveredCount: z.number(),
  lastDeliveredReleaseId: z.uuid(),
  currentReleaseId: z.uuid(),
  scheduledReleaseId: z.uuid().nullable(),
  appliedEarly: z.boolean(),
  reattachedAfterEarlyApply: z.boolean(),
  accountLockedToReleaseId: z.uuid().nullable(),
  isShared: z.boolean(),
})

export type AttachmentRow = z.infer<typeof row>

/**
 * The account's attachments in an environment, of an installation or of a pack, with everything that says where they
 * stand: one statement, in the order of the screens. The lock after an early apply is the account's and the pack's (D-17), and
 * holds also where the release was applied in an environment that has been detached since. Cancelling takes back what
 * was applied of the cancelled release and of those that it had taken the place of, so it opens the lock.
 */
export async function loadAttachments(
  db: Database | Tx,
  scope: AccountScope,
  {
    environmentId = null,
    installationId = null,
    packId = null,
  }: { environmentId?: string | null; installationId?: string | null; packId?: string | null },
): Promise<AttachmentRow[]> {
  const rows = await db.$queryRaw`
    with attached as (
      select a.* from "Attachment" a
      where a."accountId" = ${scope} and a."detachedAt" is null
        and (${environmentId}::uuid is null or a."environmentId" = ${environmentId}::uuid)
        and (${installationId}::uuid is null or a."installationId" = ${installationId}::uuid)
        and (${packId}::uuid is null or a."packId" = ${packId}::uuid)),
    packs as (
      select k.id, k.name, k."currentReleaseId", current.sequence as "currentSequence", scheduled.id as "scheduledReleaseId",
        exists (select from "AccountGroupPack" gp join "AccountGroupAccount" ga on ga."groupId" = gp."groupId"
          where gp."packId" = k.id and ga."accountId" = ${scope}) as "isShared"
      from "IntegrationPack" k
      join "Release" current on current.id = k."currentReleaseId"
      left join "Release" scheduled on scheduled."packId" = k.id and scheduled.status = 'SCHEDULED'
        and scheduled.timing = 'DATED'
      where k."deletedAt" is null and k.id in (select "packId" from attached)),
    locks as (
      select distinct on (p.id) p.id as "packId", r.id as "releaseId"
      from packs p
      join "Release" r on r."packId" = p.id and r.sequence > p."currentSequence" and r.status in ('SCHEDULED', 'SUPERSEDED')
        and not exists (select from "Release" c
          where c."packId" = p.id and c.sequence > r.sequence and c.status = 'CANCELLED')
      join "Installation" n on n."packId" = p.id and n."accountId" = ${scope}
      join "Attachment" x on x."installationId" = n.id
      join "ReleaseTarget" t on t."releaseId" = r.id and t."attachmentId" = x.id and t.how = 'MANUAL'
      order by p.id, r.sequence desc)
    select a.id as "attachmentId", a."installationId",
      case i."packType" when 'SINGLE' then p.name else i.name end as "installationName", a."packId",
      p.name as "packName", i."packType", a."environmentId", e.name as "environmentName", e.classification,
      (select count(*)::int from "EnvironmentAtom" ea where ea."environmentId" = e.id) as "atomCount",
      e."placeOfAtomId" is not null as "isAtom", a."releaseId", a."versionNumber", a."lastUpdatedAt", a."updatedHow", a."attachedAt",
      i."deliveredCount", i."lastDeliveredReleaseId", p."currentReleaseId", p."scheduledReleaseId",
      a."releaseId" <> p."currentReleaseId" and exists (
        select from "ReleaseTarget" t
        where t."releaseId" = a."releaseId" and t."attachmentId" = a.id and t.how = 'MANUAL') as "appliedEarly",
      exists (
        select from "Attachment" former
        join "ReleaseTarget" t on t."attachmentId" = former.id and t."releaseId" = p."scheduledReleaseId" and t.how = 'MANUAL'
        where former."installationId" = a."installationId" and former."environmentId" = a."environmentId"
          and former."detachedAt" is not null) as "reattachedAfterEarlyApply",
      l."releaseId" as "accountLockedToReleaseId", p."isShared"
    from attached a
    join "Installation" i on i.id = a."installationId"
    join packs p on p.id = a."packId"
    join "Environment" e on e.id = a."environmentId"
    left join locks l on l."packId" = p.id
    order by lower(case i."packType" when 'SINGLE' then p.name else i.name end), lower(e.name), a.id`
  return z.array(row).parse(rows)
}

/** The same as the rules of the domain want it. */
export function factsOf(attachment: AttachmentRow): AttachmentFacts {
  const { releaseId, versionNumber, deliveredCount, lastDeliveredReleaseId, atomCount } = attachment
  return {
    releaseId,
    versionNumber,
    installation: { deliveredCount, lastDeliveredReleaseId },
    appliedEarly: attachment.appliedEarly,
    reattachedAfterEarlyApply: attachment.reattachedAfterEarlyApply,
    accountLockedToReleaseId: attachment.accountLockedToReleaseId,
    hasAtom: atomCount > 0,
    isShared: attachment.isShared,
  }
}
