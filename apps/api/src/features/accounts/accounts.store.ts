import { randomBytes } from 'node:crypto'
import type { Tx } from '@packline/database/client.ts'
import { accountIdBytes, accountIdOf } from '@packline/domain/accounts/account-id.ts'
import { isAccountFeature } from '@packline/domain/accounts/features.ts'
import type { AccountUsage, ManagedAccountDetails } from '@packline/domain/accounts/plan-managed-account.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'
import { isAvailableIn } from '../../read-models/available-roles.ts'

const openStatus = z.enum(['trial', 'active', 'unlimited'])
const lockedAccount = z.object({
  id: z.string(),
  name: z.string(),
  status: z.enum(['trial', 'active', 'suspended', 'unlimited']),
  suspendedFrom: openStatus.nullable(),
  features: z.array(z.string()).transform((names) => names.filter(isAccountFeature)),
  environmentSupport: z.enum(['BASIC', 'UNLIMITED']),
  legacyDeployment: z.boolean(),
  supportAccessRoleId: z.uuid().nullable(),
  requiresTwoStep: z.boolean(),
  version: z.number(),
})
export type LockedAccount = z.infer<typeof lockedAccount>

/**
 * An account that this one manages, locked: whoever adds an environment or moves an Atom there, which its settings
 * decide, comes before or after. Undefined for unknown, foreign and deleted ones alike.
 */
export async function lockManagedAccount(
  tx: Tx,
  scope: AccountScope,
  accountId: string,
): Promise<LockedAccount | undefined> {
  const rows = await tx.$queryRaw`
    select * from "Account"
    where id = ${accountId} and "primaryAccountId" = ${scope} and status <> 'deleted'
    for no key update`
  return z.array(lockedAccount).parse(rows)[0]
}

/** The account worked in, locked. */
export async function lockOwnAccount(tx: Tx, scope: AccountScope): Promise<LockedAccount> {
  const rows = await tx.$queryRaw`select * from "Account" where id = ${scope} for no key update`
  return lockedAccount.parse(z.array(z.unknown()).parse(rows)[0])
}

const usageRow = z.object({
  testEnvironments: z.number(),
  crowdedEnvironments: z.number(),
  packs: z.number(),
  managedAccounts: z.number(),
  accountGroups: z.number(),
})

/** What a locked account has that its features and its environment support have allowed. */
export async function readUsage(tx: Tx, accountId: string): Promise<AccountUsage> {
  const rows = await tx.$queryRaw`
    select
      (select count(*)::int from "Environment"
        where "accountId" = ${accountId} and "deletedAt" is null and classification = 'TEST') as "testEnvironments",
      (select count(*)::int from "Environment"
        where "accountId" = ${accountId} and "deletedAt" is null and "atomCount" > 1) as "crowdedEnvironments",
      (select count(*)::int from "IntegrationPack"
        where "accountId" = ${accountId} and "deletedAt" is null) as packs,
      (select count(*)::int from "Account"
        where "primaryAccountId" = ${accountId} and status <> 'deleted') as "managedAccounts",
      (select count(*)::int from "AccountGroup"
        where "primaryAccountId" = ${accountId} and not "isDefault") as "accountGroups"`
  return usageRow.parse(z.array(z.unknown()).parse(rows)[0])
}

type Change = { actorName: string; now: Temporal.Instant }

/**
 * Is the name free among the accounts that this one manages? Whoever asks next waits until the transaction ends. An
 * account that renames itself does not ask: it must not find out what others are called.
 */
export async function claimName(
  tx: Tx,
  scope: AccountScope,
  { name, exceptId }: { name: string; exceptId?: string },
): Promise<boolean> {
  await tx.$queryRaw`select 1 from "Account" where id = ${scope} for no key update`
  const rows = await tx.$queryRaw`
    select 1 from "Account"
    where "primaryAccountId" = ${scope} and lower(name) = lower(${name}) and status <> 'deleted'
      and id is distinct from ${exceptId ?? null}`
  return z.array(z.unknown()).parse(rows).length === 0
}

/** Inserts a managed account under an id made of its name. */
export async function insertManagedAccount(
  tx: Tx,
  scope: AccountScope,
  details: ManagedAccountDetails,
  { actorName, now }: Change,
): Promise<string> {
  const { name, status, features, environmentSupport, legacyDeployment } = details
  const at = now.toString()
  // 900 million tails: a second attempt is as good as never needed.
  for (;;) {
    const id = accountIdOf(name, randomBytes(accountIdBytes))
    const inserted = await tx.$executeRaw`
      insert into "Account" (id, name, status, "primaryAccountId", features, "environmentSupport", "legacyDeployment",
        "createdAt", "changedAt", "changedByName")
      values (${id}, ${name}, ${status}::"AccountStatus", ${scope}, ${[...features]}::text[],
        ${environmentSupport}::"EnvironmentSupport", ${legacyDeployment}, ${at}::timestamptz, ${at}::timestamptz, ${actorName})
      on conflict do nothing`
    if (inserted === 1) return id
  }
}

export type AccountChange = Partial<Omit<ManagedAccountDetails, 'status'>> & {
  status?: LockedAccount['status']
  suspendedFrom?: LockedAccount['suspendedFrom']
  supportAccessRoleId?: string | null
  requiresTwoStep?: boolean
}

/** Saves what changed of a locked account. */
export async function saveAccount(
  tx: Tx,
  accountId: string,
  { features, ...others }: AccountChange,
  { actorName, now }: Change,
) {
  await tx.account.update({
    where: { id: accountId },
    data: {
      ...others,
      ...(features && { features: [...features] }),
      version: { increment: 1 },
      changedAt: now.toString(),
      changedByName: actorName,
    },
  })
}

/** The account's environments: their Atoms are told when delivery stops or goes on. */
export async function listEnvironmentIds(tx: Tx, accountId: string): Promise<string[]> {
  const rows = await tx.environment.findMany({
    where: { accountId, deletedAt: null },
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}

/** Can this role cap the group users of the account: a default one, its own, or one shared through a group of it? */
export async function isRoleAvailable(tx: Tx, scope: AccountScope, roleId: string): Promise<boolean> {
  const rows = await tx.$queryRaw`
    select 1 from "Role" r where r.id = ${roleId}::uuid and ${isAvailableIn(scope)}
    for key share of r`
  return z.array(z.unknown()).parse(rows).length > 0
}
