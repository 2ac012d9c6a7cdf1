import {
  accountView,
  type AccountView,
  supportRoleChoice,
  type SupportRoleChoice,
} from '@packline/contract/accounts.ts'
import type { Database, Tx } from '@packline/database/client.ts'
import { privilegesOf } from '@packline/domain/access/privileges.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { featureTable, isAccountFeature } from '@packline/domain/accounts/features.ts'
import { z } from 'zod'
import type { AccountScope, Actor } from '../../platform/actor.ts'
import { isAvailableIn, lineage, lineageOf } from '../../read-models/available-roles.ts'
import { supportAccessNotYours } from './accounts.refusals.ts'
import { featureViews } from './accounts.views.ts'

const instantText = z.date().transform((date) => date.toISOString())
const { whyNotSupportAccess: _why, ...stored } = accountView.shape
const viewRow = z.object({
  ...stored,
  features: z.array(z.string()).transform((names) => names.filter(isAccountFeature)),
  createdAt: instantText,
  changedAt: instantText,
})

/** The account worked in. */
export async function findOwnAccount(
  db: Database | Tx,
  { accountId, isDirect }: Actor,
): Promise<AccountView> {
  const rows = await db.$queryRaw`
    select a.id, a.name, a.status, a."environmentSupport", a."legacyDeployment", a."requiresTwoStep", a.features, a."createdAt",
      a."changedAt", a."changedByName", a.version,
      case when p.id is not null then json_build_object('id', p.id, 'name', p.name) end as "primaryAccount",
      case when r.id is not null then json_build_object('id', r.id, 'name', r.name) end as "supportAccessRole",
      (select count(*)::int from "AccountGroupAccount" ga where ga."accountId" = a.id) as "groupCount"
    from "Account" a left join "Account" p on p.id = a."primaryAccountId"
    left join "Role" r on r.id = a."supportAccessRoleId"
    where a.id = ${accountId}`
  const account = viewRow.parse(z.array(z.unknown()).parse(rows)[0])
  return {
    ...account,
    features: featureViews(account.features, (feature) => featureTable[feature].requires),
    whyNotSupportAccess: isDirect ? null : supportAccessNotYours,
  }
}

const choiceRow = z.object({ ...supportRoleChoice.omit({ privileges: true }).shape, roles: lineage })

/** What can cap the account's group users: the default roles, its own, and those shared through its groups. */
export async function listSupportRoles(db: Database, scope: AccountScope): Promise<SupportRoleChoice[]> {
  const rows = await db.$queryRaw`
    select r.id, r.name, r."accountId" is not null and r."accountId" <> ${scope} as "isShared",
      ${lineageOf(Prisma.sql`r.id`)} as roles
    from "Role" r where ${isAvailableIn(scope)}
    order by r."accountId" is not null, lower(r.name), r.id`
  return z
    .array(choiceRow)
    .parse(rows)
    .map(({ id, name, isShared, roles }) => ({ id, name, isShared, privileges: [...privilegesOf(roles)] }))
}
