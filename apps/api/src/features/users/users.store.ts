import type { Database, Tx } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { browserLocale } from '@packline/domain/time/browser-locale.ts'
import type { SignInState } from '@packline/domain/accounts/sign-in-lock.ts'
import { z } from 'zod'

const instantOrNull = z
  .date()
  .nullable()
  .transform((date) => (date === null ? null : Temporal.Instant.fromEpochMilliseconds(date.getTime())))

const userRow = z.object({
  id: z.uuid(),
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  timeZone: z.string().nullable(),
  passwordHash: z.string().nullable(),
  isAddressProved: z.boolean(),
  failedSignIns: z.number(),
  lockedUntil: instantOrNull,
  /** A password alone does not sign them in. */
  hasSecondStep: z.boolean(),
})
export type User = z.infer<typeof userRow>

const columns = Prisma.sql`u.*, exists (
  select from "TwoStepSignIn" t where t."userId" = u.id and t."onSince" is not null) as "hasSecondStep"`

/** The user with this address, in any letter case. */
export async function findUserByEmail(db: Database | Tx, email: string): Promise<User | undefined> {
  const rows = await db.$queryRaw`select ${columns} from "User" u where lower(u.email) = lower(${email})`
  return z.array(userRow).parse(rows)[0]
}

export type NewUser = {
  email: string
  firstName: string
  lastName: string
  /** Null for whoever comes by single sign-on only. */
  passwordHash: string | null
  /** Nobody but the owner of the address can have set the password. */
  isAddressProved: boolean
}

/** Inserts a user; undefined when there is one with that address, settled by the unique index. */
export async function insertUser(
  tx: Tx,
  { email, firstName, lastName, passwordHash, isAddressProved }: NewUser,
  now: Temporal.Instant,
): Promise<string | undefined> {
  const rows = await tx.$queryRaw`
    insert into "User" (id, email, "firstName", "lastName", "passwordHash", "isAddressProved", "createdAt")
    values (new_id(), ${email}, ${firstName}, ${lastName}, ${passwordHash}, ${isAddressProved},
      ${now.toString()}::timestamptz)
    on conflict (lower(email)) do nothing
    returning id`
  return z.array(z.object({ id: z.uuid() })).parse(rows)[0]?.id
}

export async function getUser(db: Database | Tx, userId: string): Promise<User> {
  const rows = await db.$queryRaw`select ${columns} from "User" u where u.id = ${userId}::uuid`
  return userRow.parse(z.array(z.unknown()).parse(rows)[0])
}

/** Keeps everybody else from changing the user until the transaction ends, and reads how it stands now. */
export async function lockUser(tx: Tx, userId: string): Promise<User | undefined> {
  const rows = await tx.$queryRaw`select ${columns} from "User" u where u.id = ${userId}::uuid for update`
  return z.array(userRow).parse(rows)[0]
}

export async function saveSignInState(tx: Tx, userId: string, { failedSignIns, lockedUntil }: SignInState) {
  await tx.$executeRaw`
    update "User" set "failedSignIns" = ${failedSignIns}, "lockedUntil" = ${lockedUntil?.toString() ?? null}::timestamptz
    where id = ${userId}::uuid`
}

export type SignedIn = { now: Temporal.Instant; acceptLanguage: string | undefined }

/** Notes when somebody signed in, and in which language their browser is: dates in mails follow it. */
export async function saveSignedIn(tx: Tx, userId: string, { now, acceptLanguage }: SignedIn) {
  await tx.$executeRaw`
    update "User" set "lastSignedInAt" = ${now.toString()}::timestamptz,
      locale = coalesce(${browserLocale(acceptLanguage)}, locale)
    where id = ${userId}::uuid`
}

export async function savePasswordHash(tx: Tx, userId: string, passwordHash: string) {
  await tx.$executeRaw`update "User" set "passwordHash" = ${passwordHash} where id = ${userId}::uuid`
}

/** The address is its owner's for sure; a password that somebody else may have set opens nothing any more. */
export async function markAddressProved(tx: Tx, userId: string) {
  await tx.$executeRaw`
    update "User" set "passwordHash" = null, "isAddressProved" = true where id = ${userId}::uuid`
}

export type ProfileChanges = { firstName?: string; lastName?: string; timeZone?: string }

/** Changes what is given and leaves the rest. */
export async function saveProfile(tx: Tx, userId: string, { firstName, lastName, timeZone }: ProfileChanges) {
  await tx.$executeRaw`
    update "User" set "firstName" = coalesce(${firstName ?? null}, "firstName"),
      "lastName" = coalesce(${lastName ?? null}, "lastName"), "timeZone" = coalesce(${timeZone ?? null}, "timeZone")
    where id = ${userId}::uuid`
}

/** The accounts in whose logs it belongs when the user's password changes: those that have them as a user. */
export async function listHomeAccounts(tx: Tx, userId: string): Promise<string[]> {
  const rows = await tx.$queryRaw`
    select "accountId" as id from "Membership" where "userId" = ${userId}::uuid
    union
    select g."primaryAccountId" from "AccountGroupUser" u join "AccountGroup" g on g.id = u."groupId"
    where u."userId" = ${userId}::uuid
    order by id`
  return z
    .array(z.object({ id: z.string() }))
    .parse(rows)
    .map(({ id }) => id)
}
