import { damagedRows, findRows, type Invariant } from './evidence.ts'
import { lostFanOut } from './lost-fan-out.ts'
import { sharedAttachments } from './shared-attachments.ts'

export const allOnCurrent: Invariant = {
  id: 'I4',
  says: 'once a release is out, everything attached runs it, with its packages deployed and its number counted',
  async find(evidence) {
    return [
      ...(await findRows(
        evidence,
        (id) => `attachment ${id} runs another release than its pack’s current one`,
        `with ${sharedAttachments}
         select a.id from shared a join "Release" r on r.id = a."releaseId"
         join "Release" current on current.id = a."currentReleaseId" and current.status = 'SUCCESS'
         where r.id <> current.id and not (r.sequence > current.sequence and exists (
           select from "ReleaseTarget" t where t."attachmentId" = a.id and t."releaseId" = r.id and t.how = 'MANUAL'))`,
      )),
      ...(await findRows(
        evidence,
        (id) => `what is deployed for attachment ${id} is not what its release contains`,
        `with expected as (
           select a.id, i."componentId", i."packageId"
           from "Attachment" a join "ReleaseItem" i on i."releaseId" = a."releaseId" where a."detachedAt" is null),
         active as (
           select "attachmentId" as id, "componentId", "packageId" from "DeployedPackage" where "isActive")
         select distinct id from (
           (select * from expected except all select * from active)
           union all (select * from active except all select * from expected)) uneven`,
      )),
      ...(await findRows(
        evidence,
        (id) => `the number of attachment ${id} is not the count of its installation`,
        `select a.id from "Attachment" a join "Installation" i on i.id = a."installationId"
         where a."detachedAt" is null and a."releaseId" = i."lastDeliveredReleaseId"
           and a."versionNumber" <> i."deliveredCount"`,
      )),
    ]
  },
  controls: [
    lostFanOut,
    damagedRows(
      'an installation that the fan-out has passed over',
      `with ${sharedAttachments}
       update "Attachment" a set "releaseId" = t."fromReleaseId" from "ReleaseTarget" t
       where t."attachmentId" = a.id and a."releaseId" = t."releaseId" and a.id = (
         select a.id from shared a join "Release" r on r.id = a."releaseId" and r.status = 'SUCCESS'
         join "ReleaseTarget" t on t."attachmentId" = a.id and t."releaseId" = a."releaseId"
         where a."currentReleaseId" = a."releaseId" limit 1)`,
    ),
    damagedRows(
      'a package that was not deployed',
      `delete from "DeployedPackage" where id = (select id from "DeployedPackage" where "isActive" limit 1)`,
    ),
    damagedRows(
      'a release that was counted twice',
      `update "Installation" set "deliveredCount" = "deliveredCount" + 1 where id = (
         select i.id from "Installation" i join "Attachment" a on a."installationId" = i.id
           and a."releaseId" = i."lastDeliveredReleaseId" and a."detachedAt" is null limit 1)`,
    ),
  ],
}
