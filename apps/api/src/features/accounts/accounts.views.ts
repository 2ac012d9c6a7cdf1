import {
  type FeatureView,
  managedAccountRow,
  type ManagedAccountQuery,
  type ManagedAccountRow,
  managedAccountView,
  type ManagedAccountView,
} from '@packline/contract/accounts.ts'
import type { PageOf } from '@packline/contract/field.ts'
import type { Database, Tx } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { type AccountFeature, featureTable, isAccountFeature } from '@packline/domain/accounts/features.ts'
import { requiredOfManaged } from '@packline/domain/accounts/managed-features.ts'
import { cleanLine } from '@packline/domain/text/clean-text.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'

const instantText = z.date().transform((date) => date.toISOString())

const counts = Prisma.sql`
  (select count(distinct "userId")::int from "Membership" m where m."accountId" = a.id) as "userCount",
  (select count(*)::int from "Environment" e where e."accountId" = a.id and e."deletedAt" is null
    and e."placeOfAtomId" is null) as "environmentCount",
  (select count(*)::int from "Installation" i where i."accountId" = a.id and i."uninstalledAt" is null)
    as "installationCount"`

const columns = {
  name: Prisma.sql`lower(a.name)`,
  createdAt: Prisma.sql`a."createdAt"`,
  status: Prisma.sql`a.status`,
}
const directions = { asc: Prisma.sql`asc`, desc: Prisma.sql`desc` }

const listRow = managedAccountRow.extend({ createdAt: instantText })

/** The accounts that this one manages, a page of them: what is counted is counted for that page only. */
export async function listManagedAccounts(
  db: Database,
  scope: AccountScope,
  { search, status, sort, direction, page, pageSize }: ManagedAccountQuery,
): Promise<PageOf<ManagedAccountRow>> {
  const text = cleanLine(search ?? '')
  const conditions = [Prisma.sql`a."primaryAccountId" = ${scope} and a.status <> 'deleted'`]
  if (text)
    conditions.push(
      Prisma.sql`(strpos(lower(a.name), lower(${text})) > 0 or strpos(lower(a.id), lower(${text})) > 0)`,
    )
  if (status) conditions.push(Prisma.sql`a.status = ${status}::"AccountStatus"`)
  const matches = Prisma.join(conditions, ' and ')
  const order = Prisma.sql`${columns[sort]} ${directions[direction]}, lower(a.name), a.id`
  const [rows, totals] = await Promise.all([
    db.$queryRaw`
      select a.id, a.name, a.status, a."environmentSupport", a."legacyDeployment", a."createdAt", ${counts}
      from (
        select a.* from "Account" a where ${matches}
        order by ${order} limit ${pageSize} offset ${(page - 1) * pageSize}) a
      order by ${order}`,
    db.$queryRaw`select count(*)::int as total from "Account" a where ${matches}`,
  ])
  const [{ total }] = z.tuple([z.object({ total: z.number() })]).parse(totals)
  return { rows: z.array(listRow).parse(rows), total, page, pageSize }
}

const viewRow = managedAccountView.extend({
  features: z.array(z.string()).transform((names) => names.filter(isAccountFeature)),
  createdAt: instantText,
  changedAt: instantText,
})

/** An account that this one manages, with its groups; undefined for unknown, foreign and deleted ones alike. */
export async function findManagedAccount(
  db: Database | Tx,
  scope: AccountScope,
  accountId: string,
): Promise<ManagedAccountView | undefined> {
  const rows = await db.$queryRaw`
    select a.id, a.name, a.status, a."environmentSupport", a."legacyDeployment", a."createdAt", a."changedAt",
      a."changedByName", a.version, a."suspendedFrom", a.features, ${counts},
      coalesce((
        select json_agg(json_build_object('id', g.id, 'name', g.name, 'isDefault', g."isDefault")
          order by g."isDefault" desc, lower(g.name), g.id)
        from "AccountGroupAccount" ga join "AccountGroup" g on g.id = ga."groupId"
        where ga."accountId" = a.id and g."primaryAccountId" = ${scope}), '[]') as groups
    from "Account" a
    where a.id = ${accountId} and a."primaryAccountId" = ${scope} and a.status <> 'deleted'`
  const [account] = z.array(viewRow).parse(rows)
  return account && { ...account, features: featureViews(account.features, requiredOfManaged) }
}

/** Every feature there is, with what it gives and whether it is on. */
export function featureViews(
  switchedOn: readonly AccountFeature[],
  requires: (feature: AccountFeature) => readonly AccountFeature[],
): FeatureView[] {
  const on = new Set(switchedOn)
  const all = Object.keys(featureTable) as AccountFeature[] // the record is keyed by AccountFeature
  return all.map((name) => ({
    name,
    label: featureTable[name].label,
    gives: featureTable[name].gives,
    isOn: on.has(name),
    missing: on.has(name)
      ? requires(name)
          .filter((required) => !on.has(required))
          .map((required) => featureTable[required].label)
      : [],
  }))
}
