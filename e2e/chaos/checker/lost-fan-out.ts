import { damagedRows } from './evidence.ts'

/**
 * What a worker leaves behind that commits its claim before the fan-out and is killed between the two: the release is out,
 * and its installations were never reached, nor will be.
 */
export const lostFanOut = damagedRows(
  'a claim that was committed before its fan-out',
  `with lost as (
     delete from "ReleaseTarget" where "releaseId" = (
       select r.id from "Release" r join "IntegrationPack" k on k."currentReleaseId" = r.id and k."deletedAt" is null
       join "ReleaseTarget" t on t."releaseId" = r.id and t.how <> 'MANUAL'
       join "Attachment" a on a.id = t."attachmentId" and a."detachedAt" is null and a."releaseId" = r.id
       where r.status = 'SUCCESS' limit 1)
     returning *)
   update "Attachment" a set "releaseId" = lost."fromReleaseId" from lost
   where a.id = lost."attachmentId" and a."releaseId" = lost."releaseId" and a."detachedAt" is null`,
)
