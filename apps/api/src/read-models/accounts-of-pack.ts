import { Prisma } from '@packline/database/generated/client.ts'

/**
 * For `in`: the accounts of the groups that the pack is attached to. They are hashed once; asked for each installation,
 * three thousand of these cost 80 times the reads.
 */
export const accountsOfPack = (packId: string) => Prisma.sql`(
  select ga."accountId" from "AccountGroupPack" gp join "AccountGroupAccount" ga on ga."groupId" = gp."groupId"
  where gp."packId" = ${packId}::uuid)`
