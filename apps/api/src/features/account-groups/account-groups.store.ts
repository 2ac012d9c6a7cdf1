import type { Tx } from '@packline/database/client.ts'

/** Takes a pack out of every group it is shared through; returns how many. */
export async function unshareEverywhere(tx: Tx, packId: string): Promise<number> {
  const { count } = await tx.accountGroupPack.deleteMany({ where: { packId } })
  return count
}
