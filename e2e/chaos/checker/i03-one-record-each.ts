import { damagedRows, findRows, type Invariant } from './evidence.ts'
import { lostFanOut } from './lost-fan-out.ts'
import { sharedAttachments } from './shared-attachments.ts'

export const oneRecordEach: Invariant = {
  id: 'I3',
  says: 'each attachment that existed when a release went out has one record of it, and a detached one none',
  async find(evidence) {
    return [
      ...(await findRows(
        evidence,
        (id) => `${id} is recorded more than once`,
        `select "releaseId" || ' in ' || "attachmentId" as id from "ReleaseTarget"
         group by "releaseId", "attachmentId" having count(*) > 1`,
      )),
      ...(await findRows(
        evidence,
        (id) => `${id} has no record`,
        `with ${sharedAttachments}
         select r.id || ' in ' || a.id as id from shared a
         join "Release" r on r."packId" = a."packId" and r.status = 'SUCCESS' and a."attachedAt" < r."startedAt"
         where not exists (select from "ReleaseTarget" t where t."releaseId" = r.id and t."attachmentId" = a.id)`,
      )),
      ...(await findRows(
        evidence,
        (id) => `${id} was updated after it was detached`,
        `select a.id from "Attachment" a join "ReleaseTarget" t on t."attachmentId" = a.id
         where t."appliedAt" > a."detachedAt"`,
      )),
    ]
  },
  controls: [
    lostFanOut,
    damagedRows(
      'a record that is lost',
      `with ${sharedAttachments}
       delete from "ReleaseTarget" where ("releaseId", "attachmentId") = (
         select t."releaseId", t."attachmentId" from "ReleaseTarget" t
         join "Release" r on r.id = t."releaseId" and r.status = 'SUCCESS'
         join shared a on a.id = t."attachmentId" and a."attachedAt" < r."startedAt" limit 1)`,
    ),
    {
      name: 'a record that is there twice',
      async damage(evidence) {
        await evidence.sql.query('alter table "ReleaseTarget" drop constraint "ReleaseTarget_pkey"')
        return damagedRows('', `insert into "ReleaseTarget" (select * from "ReleaseTarget" limit 1)`).damage(
          evidence,
        )
      },
    },
    damagedRows(
      'an update of what was detached before it',
      `update "Attachment" a set "detachedAt" = t."appliedAt" - interval '1 second'
       from (select * from "ReleaseTarget" limit 1) t where a.id = t."attachmentId"`,
    ),
  ],
}
