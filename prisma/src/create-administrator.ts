import { randomBytes } from 'node:crypto'
import { defaultRoleTable } from '@packline/domain/access/privileges.ts'
import { accountIdBytes, accountIdOf } from '@packline/domain/accounts/account-id.ts'
import { featureTable } from '@packline/domain/accounts/features.ts'
import { z } from 'zod'
import type { Database, Tx } from './client.ts'

export type NewAdministrator = {
  email: string
  firstName: string
  lastName: string
  accountName: string
  /** Of somebody who has no user yet. */
  passwordHash: string
  /** Somebody who has a user already becomes the administrator, and keeps their password. */
  mayExist: boolean
}

export type CreateAdministratorOutcome =
  | { kind: 'created'; accountId: string; isNewUser: boolean }
  | { kind: 'refused'; reason: 'email-taken' | 'account-name-taken' }

const idRow = z.object({ id: z.uuid() })

/**
 * Makes a primary account that may publish, with its group All Accounts, and its first administrator. For a database
 * that nobody can sign in to yet, so it is done by whoever runs the server, in one transaction.
 */
export function createAdministrator(
  db: Database,
  administrator: NewAdministrator,
): Promise<CreateAdministratorOutcome> {
  return db.$transaction(async (tx): Promise<CreateAdministratorOutcome> => {
    // Two who run this at once come one after the other, and the second sees what the first has made.
    await tx.$executeRaw`lock table "User", "Account" in share row exclusive mode`
    const { email, accountName, mayExist } = administrator
    const [known] = z
      .array(idRow)
      .parse(await tx.$queryRaw`select id from "User" where lower(email) = lower(${email})`)
    if (known && !mayExist) return { kind: 'refused', reason: 'email-taken' }
    const namesakes = await tx.account.count({
      where: { name: { equals: accountName, mode: 'insensitive' }, primaryAccountId: null },
    })
    if (namesakes > 0) return { kind: 'refused', reason: 'account-name-taken' }

    const accountId = accountIdOf(accountName, randomBytes(accountIdBytes))
    const features = Object.keys(featureTable)
    await tx.account.create({ data: { id: accountId, name: accountName, features } })
    const userId = known?.id ?? (await insertUser(tx, administrator))
    const roleId = defaultRoleTable.administrator.id
    await tx.membership.create({ data: { userId, accountId, roleId } })
    await writeAudit(tx, { accountId, userId, accountName, email, features })
    return { kind: 'created', accountId, isNewUser: known === undefined }
  })
}

async function insertUser(tx: Tx, { email, firstName, lastName, passwordHash }: NewAdministrator) {
  const { id } = await tx.user.create({ data: { email, firstName, lastName, passwordHash } })
  return id
}

type Made = { accountId: string; userId: string; accountName: string; email: string; features: string[] }

/** Nobody was signed in: the log names the command. */
async function writeAudit(tx: Tx, { accountId, userId, accountName, email, features }: Made) {
  const entries = [
    ['account ADD', 'account', accountId, { name: accountName, features }],
    ['user ADD', 'user', userId, { email, roles: [defaultRoleTable.administrator.label] }],
  ] as const
  for (const [action, objectType, objectId, after] of entries) {
    await tx.$executeRaw`
      insert into "AuditEntry" (id, "accountId", at, "actorKind", "actorName", source, action, "objectType", "objectId", after)
      values (new_id(), ${accountId}, app_now(), 'SCHEDULER', 'pnpm admin:create', 'INTERNAL', ${action},
        ${objectType}, ${objectId}, ${JSON.stringify(after)}::jsonb)`
  }
}
