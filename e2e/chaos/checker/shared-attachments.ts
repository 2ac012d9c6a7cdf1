/** For a query: attachments that are attached, of packs that exist and that a group connects with the account. */
export const sharedAttachments = `
  shared as (
    select a.*, k."currentReleaseId" from "Attachment" a
    join "IntegrationPack" k on k.id = a."packId" and k."deletedAt" is null
    where a."detachedAt" is null and exists (
      select from "AccountGroupPack" gp join "AccountGroupAccount" ga on ga."groupId" = gp."groupId"
      where gp."packId" = a."packId" and ga."accountId" = a."accountId"))`
