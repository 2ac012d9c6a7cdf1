import { damagedRows } from './evidence.ts'
import { sharedAttachments } from './shared-attachments.ts'

/**
 * What a worker leaves behind that commits its claim before the fan-out and is killed between the two: the release is out,
 * and its installations were never reached, nor will be.
 */
export const lostFanOut = damagedRows(
  'a claim that was committed before its fan-out',
  `with ${sharedAttachments},
   lost as (
     delete from "ReleaseTarget" where "releaseId" = (
       select r.id from "Release" r
       join shared a on a."currentReleaseId" = r.id and a."releaseId" = r.id and a."attachedAt" < r."startedAt"
       join "ReleaseTarget" t on t."releaseId" = r.id and t."attachmentId" = a.id and t.how <> 'MANUAL'
       where r.status = 'SUCCESS' limit 1)
     returning *)
   update "Attachment" a set "releaseId" = lost."fromReleaseId" from lost
   where a.id = lost."attachmentId" and a."releaseId" = lost."releaseId" and a."detachedAt" is null`,
)
