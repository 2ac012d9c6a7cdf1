import type { accountUserQuery, AccountUserView } from '@packline/contract/account-users.ts'
import type { PageOf } from '@packline/contract/field.ts'
import type { Database, Tx } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { roleLabel } from '@packline/domain/access/role-name.ts'
import { lockMinutes } from '@packline/domain/accounts/sign-in-lock.ts'
import { cleanLine } from '@packline/domain/text/clean-text.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'
import { administers } from '../../read-models/available-roles.ts'

/** Who looks, and where. */
export type UserReader = { accountId: AccountScope; userId: string }

const instant = z
  .date()
  .nullable()
  .transform((date) => date?.toISOString() ?? null)
const userRow = z.object({
  id: z.uuid(),
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  roles: z.array(z.object({ id: z.uuid(), name: z.string(), isShared: z.boolean() })),
  lastSignedInAt: instant,
  lockedUntil: instant,
  twoStepSince: instant,
  isYou: z.boolean(),
  isLastAdministrator: z.boolean(),
})

function viewOf({ roles, ...row }: z.output<typeof userRow>): AccountUserView {
  return { ...row, roles: roles.map(({ id, name, isShared }) => ({ id, label: roleLabel(name, isShared) })) }
}

/** A lock further away than it can have been set is over, as for whoever signs in. */
const lockTime = `${lockMinutes} minutes`

/** How a user is called in a list, and where they stand in it. */
const shownName = Prisma.sql`lower(coalesce(nullif(concat_ws(' ', nullif(u."firstName", ''), nullif(u."lastName", '')), ''), u.email))`

/** The users of the account itself that meet the condition, a page of them in the order of their names. */
async function readUsers(
  db: Database | Tx,
  { accountId, userId }: UserReader,
  matching: Prisma.Sql,
  { limit, offset }: { limit: number; offset: number },
) {
  const rows = await db.$queryRaw`
    with administering as materialized (
      select r.id from (select distinct "roleId" as id from "Membership" where "accountId" = ${accountId}) r
      where ${administers(Prisma.sql`r.id`)}),
    administrators as materialized (
      select distinct m."userId" as id from "Membership" m join administering a on a.id = m."roleId"
      where m."accountId" = ${accountId})
    select u.id, u.email, u."firstName", u."lastName", u."lastSignedInAt",
      case when u."lockedUntil" > app_now() and u."lockedUntil" <= app_now() + ${lockTime}::interval then u."lockedUntil" end
        as "lockedUntil",
      (select t."onSince" from "TwoStepSignIn" t where t."userId" = u.id) as "twoStepSince",
      u.id = ${userId}::uuid as "isYou",
      u.id in (select id from administrators) and (select count(*) from administrators) = 1 as "isLastAdministrator",
      (select json_agg(json_build_object('id', r.id, 'name', r.name, 'isShared', coalesce(r."accountId" <> ${accountId}, false))
        order by lower(r.name), r.id)
        from "Membership" m join "Role" r on r.id = m."roleId"
        where m."userId" = u.id and m."accountId" = ${accountId}) as roles
    from "User" u where ${matching}
    order by ${shownName}, u.id limit ${limit} offset ${offset}`
  return z.array(userRow).parse(rows).map(viewOf)
}

const isMember = (accountId: AccountScope, roleId?: string) => Prisma.sql`exists (
  select from "Membership" m where m."userId" = u.id and m."accountId" = ${accountId}
    and (${roleId ?? null}::uuid is null or m."roleId" = ${roleId ?? null}::uuid))`

/** The users of the account itself. */
export async function listUsers(
  db: Database,
  reader: UserReader,
  { filter, roleId, page, pageSize }: z.output<typeof accountUserQuery>,
): Promise<PageOf<AccountUserView>> {
  const text = cleanLine(filter ?? '')
  const matching = Prisma.sql`${isMember(reader.accountId, roleId)}
    and (strpos(lower(u.email), lower(${text})) > 0
      or strpos(lower(concat_ws(' ', u."firstName", u."lastName")), lower(${text})) > 0)`
  const rows = await readUsers(db, reader, matching, { limit: pageSize, offset: (page - 1) * pageSize })
  const counted = await db.$queryRaw`select count(*)::int as total from "User" u where ${matching}`
  const [{ total }] = z.tuple([z.object({ total: z.number() })]).parse(counted)
  return { rows, total, page, pageSize }
}

export async function findAccountUser(
  db: Database | Tx,
  reader: UserReader,
  userId: string,
): Promise<AccountUserView | undefined> {
  const matching = Prisma.sql`u.id = ${userId}::uuid and ${isMember(reader.accountId)}`
  const [user] = await readUsers(db, reader, matching, { limit: 1, offset: 0 })
  return user
}
