import type { Tx } from '@packline/database/client.ts'
import type { AccountScope } from '../../platform/actor.ts'
import { runMoved } from './deliveries.store.ts'

/**
 * Locks the account's installations of a pack and what they run in an environment, in the order of the ids. All of its
 * installations, because the lock after an early apply is the account's (D-17). The caller holds the pack.
 */
export async function lockForApply(
  tx: Tx,
  scope: AccountScope,
  { packId, environmentId }: { packId: string; environmentId: string },
) {
  await tx.$queryRaw`
    select id from "Installation"
    where "packId" = ${packId}::uuid and "accountId" = ${scope} and "uninstalledAt" is null
    order by id for no key update`
  await tx.$queryRaw`
    select id from "Attachment"
    where "packId" = ${packId}::uuid and "accountId" = ${scope} and "environmentId" = ${environmentId}::uuid
      and "detachedAt" is null
    order by id for no key update`
}

export type EarlyApply = {
  attachmentId: string
  installationId: string
  releaseId: string
  fromNumber: number
  toNumber: number
}

/**
 * Lets an attachment run the scheduled release before its date. One statement: the installation's count, what runs, the
 * exactly-once record, the packages deployed and the deliveries stand or fall together. The caller holds the pack, the
 * installation and the attachment; a record that exists already stops everything.
 */
export async function applyEarly(tx: Tx, apply: EarlyApply, actorName: string, now: Temporal.Instant) {
  const at = now.toString()
  await tx.$executeRaw`
    with counted as (
      update "Installation" set "deliveredCount" = ${apply.toNumber}, "lastDeliveredReleaseId" = ${apply.releaseId}::uuid
      where id = ${apply.installationId}::uuid),
    wrapped as (
      insert into "InstalledProcess" ("installationId", "componentId")
      select i.id, item."componentId" from "Installation" i
      join "ReleaseItem" item on item."releaseId" = ${apply.releaseId}::uuid
      where i.id = ${apply.installationId}::uuid and i."packType" = 'MULTI'
      on conflict do nothing),
    before as (
      select id, "releaseId" from "Attachment" where id = ${apply.attachmentId}::uuid),
    moved as (
      update "Attachment" a set "releaseId" = ${apply.releaseId}::uuid, "versionNumber" = ${apply.toNumber},
        "updatedHow" = 'MANUAL', "lastUpdatedAt" = ${at}::timestamptz
      from before where a.id = before.id
      returning a.id, a."accountId", a."environmentId", a."releaseId", before."releaseId" as "fromReleaseId"),
    recorded as (
      insert into "ReleaseTarget" ("releaseId", "attachmentId", "accountId", "fromReleaseId", "fromNumber", "toNumber", how,
        "appliedAt", "appliedByName")
      select "releaseId", id, "accountId", "fromReleaseId", ${apply.fromNumber}, ${apply.toNumber}, 'MANUAL',
        ${at}::timestamptz, ${actorName}
      from moved),
    ${runMoved(now, actorName)}
    select id from moved`
}

/**
 * Runs one pack's part of a longer transaction so that its failure undoes nothing else (D-24): everything since the
 * beginning of this part is taken back, and the error is thrown on.
 */
export async function asPart<Result>(tx: Tx, work: () => Promise<Result>): Promise<Result> {
  await tx.$executeRaw`savepoint part`
  try {
    const result = await work()
    await tx.$executeRaw`release savepoint part`
    return result
  } catch (error) {
    await tx.$executeRaw`rollback to savepoint part`
    throw error
  }
}
