import {
  accountView,
  type AccountView,
  supportRoleChoice,
  type SupportRoleChoice,
} from '@packline/contract/accounts.ts'
import type { Database, Tx } from '@packline/database/client.ts'
import { isDefaultRole, isPrivilege, privilegesOf } from '@packline/domain/access/privileges.ts'
import { featureTable, isAccountFeature } from '@packline/domain/accounts/features.ts'
import { z } from 'zod'
import type { AccountScope, Actor } from '../../platform/actor.ts'
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
    select a.id, a.name, a.status, a."environmentSupport", a."legacyDeployment", a.features, a."createdAt",
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

const choiceRow = z.object({
  ...supportRoleChoice.omit({ privileges: true }).shape,
  roles: z.array(
    z.object({
      defaultRole: z.string().refine(isDefaultRole).nullable(),
      privileges: z.array(z.string()).transform((names) => names.filter(isPrivilege)),
    }),
  ),
})

/** What can cap the account's group users: the default roles, its own, and those shared through its groups. */
export async function listSupportRoles(db: Database, scope: AccountScope): Promise<SupportRoleChoice[]> {
  const rows = await db.$queryRaw`
    select r.id, r.name, r."accountId" is not null and r."accountId" <> ${scope} as "isShared",
      (select json_agg(json_build_object('defaultRole', l."defaultRole", 'privileges', l.privileges))
        from role_lineage(r.id) l) as roles
    from "Role" r
    where r."accountId" is null or r."accountId" = ${scope} or r.id in (
      select s."roleId" from "AccountGroupRole" s join "AccountGroupAccount" g on g."groupId" = s."groupId"
      where g."accountId" = ${scope})
    order by r."accountId" is not null, lower(r.name), r.id`
  return z
    .array(choiceRow)
    .parse(rows)
    .map(({ id, name, isShared, roles }) => ({ id, name, isShared, privileges: [...privilegesOf(roles)] }))
}
