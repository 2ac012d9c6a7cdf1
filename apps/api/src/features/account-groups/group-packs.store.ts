import type { Tx } from '@packline/database/client.ts'
import { z } from 'zod'

const idRows = z.array(z.object({ id: z.uuid() }))

/** The packs of a group, all or of these ones, in the order in which they are locked. The caller holds the group. */
export async function listGroupPackIds(
  tx: Tx,
  groupId: string,
  packIds: readonly string[] | null = null,
): Promise<string[]> {
  const rows = await tx.$queryRaw`
    select "packId" as id from "AccountGroupPack"
    where "groupId" = ${groupId}::uuid and (${packIds === null} or "packId" = any(${[...(packIds ?? [])]}::uuid[]))
    order by "packId"`
  return idRows.parse(rows).map(({ id }) => id)
}

export async function insertPacks(
  tx: Tx,
  groupId: string,
  packIds: readonly string[],
  { actorName, now }: { actorName: string; now: Temporal.Instant },
) {
  await tx.$executeRaw`
    insert into "AccountGroupPack" ("groupId", "packId", "sharedAt", "sharedByName")
    select ${groupId}::uuid, id, ${now.toString()}::timestamptz, ${actorName} from unnest(${[...packIds]}::uuid[]) id
    on conflict do nothing`
}

export async function deletePacks(tx: Tx, groupId: string, packIds: readonly string[]) {
  await tx.$executeRaw`
    delete from "AccountGroupPack" where "groupId" = ${groupId}::uuid and "packId" = any(${[...packIds]}::uuid[])`
}
