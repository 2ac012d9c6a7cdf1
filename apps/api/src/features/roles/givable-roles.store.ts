import type { Tx } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { privilegesOf } from '@packline/domain/access/privileges.ts'
import { roleLabel } from '@packline/domain/access/role-name.ts'
import type { GivableRole } from '@packline/domain/accounts/plan-give-roles.ts'
import { z } from 'zod'
import { isAvailableIn, lineage, lineageOf } from '../../read-models/available-roles.ts'

const givableRow = z.object({ id: z.uuid(), name: z.string(), isShared: z.boolean(), lineage })

/** Of these roles those that can be given in the account, kept from being deleted until the transaction ends. */
export async function shareGivableRoles(
  tx: Tx,
  accountId: string,
  roleIds: readonly string[],
): Promise<GivableRole[]> {
  const rows = await tx.$queryRaw`
    select r.id, r.name, coalesce(r."accountId" <> ${accountId}, false) as "isShared", ${lineageOf(Prisma.sql`r.id`)} as lineage
    from "Role" r where r.id = any(${[...roleIds]}::uuid[]) and ${isAvailableIn(accountId)}
    order by r.id for key share of r`
  return z
    .array(givableRow)
    .parse(rows)
    .map(({ id, name, isShared, lineage: held }) => ({
      id,
      label: roleLabel(name, isShared),
      privileges: privilegesOf(held),
    }))
}
