import type { Tx } from '@packline/database/client.ts'

type Pair = { environmentId: string; roleId: string }

/** Keeps an environment to a role as well; false when it was. */
export async function insertEnvironmentRole(tx: Tx, { environmentId, roleId }: Pair): Promise<boolean> {
  const count = await tx.$executeRaw`
    insert into "EnvironmentRole" ("environmentId", "roleId") values (${environmentId}::uuid, ${roleId}::uuid)
    on conflict do nothing`
  return count === 1
}

/** False when the environment was not kept to the role. */
export async function deleteEnvironmentRole(tx: Tx, pair: Pair): Promise<boolean> {
  return (await tx.environmentRole.deleteMany({ where: pair })).count === 1
}
