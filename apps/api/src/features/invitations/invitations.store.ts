import type { Database, Tx } from '@packline/database/client.ts'
import { invitationDays } from '@packline/domain/accounts/link-limits.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'

const invitationRow = z.object({
  id: z.uuid(),
  accountId: z.string(),
  accountName: z.string(),
  email: z.string(),
  roleIds: z.array(z.uuid()),
  isMailed: z.boolean(),
  isAccepted: z.boolean(),
  isWithdrawn: z.boolean(),
  isExpired: z.boolean(),
})
export type Invitation = z.infer<typeof invitationRow>

/** An account that is gone or closed takes nobody in: as good as withdrawn. */
const columns = Prisma.sql`
  i.id, i."accountId", a.name as "accountName", i.email, i."roleIds", i."isMailed", i."acceptedAt" is not null as "isAccepted",
  i."withdrawnAt" is not null or a.status = 'deleted' as "isWithdrawn", i."expiresAt" <= now() as "isExpired"`

const lifetime = `${invitationDays} days`

export type NewInvitation = {
  accountId: AccountScope
  email: string
  roleIds: readonly string[]
  tokenHash: Uint8Array
  isMailed: boolean
  invitedByName: string
}

/** Times are the machine's, so that a moved clock of the demo makes no link live longer. */
export async function insertInvitation(tx: Tx, invitation: NewInvitation): Promise<string> {
  const { accountId, email, roleIds, tokenHash, isMailed, invitedByName } = invitation
  const rows = await tx.$queryRaw`
    insert into "Invitation" ("accountId", email, "roleIds", "tokenHash", "isMailed", "expiresAt", "invitedByName")
    values (${accountId}, ${email}, ${[...roleIds]}::uuid[], ${tokenHash}, ${isMailed}, now() + ${lifetime}::interval,
      ${invitedByName})
    returning id`
  const [{ id }] = z.tuple([z.object({ id: z.uuid() })]).parse(rows)
  return id
}

/** The account's invitation of this address that is neither accepted nor withdrawn, for this transaction alone. */
export async function lockInvitationOf(tx: Tx, scope: AccountScope, email: string) {
  const rows = await tx.$queryRaw`
    select ${columns} from "Invitation" i join "Account" a on a.id = i."accountId"
    where i."accountId" = ${scope} and lower(i.email) = lower(${email})
      and i."acceptedAt" is null and i."withdrawnAt" is null
    for update of i`
  return z.array(invitationRow).parse(rows)[0]
}

/** An invitation by its id, which nobody has accepted or withdrawn, for this transaction alone. */
export async function lockInvitation(tx: Tx, scope: AccountScope, invitationId: string) {
  const rows = await tx.$queryRaw`
    select ${columns} from "Invitation" i join "Account" a on a.id = i."accountId"
    where i.id = ${invitationId}::uuid and i."accountId" = ${scope}
      and i."acceptedAt" is null and i."withdrawnAt" is null
    for update of i`
  return z.array(invitationRow).parse(rows)[0]
}

/** The invitation that this link is for, whatever has become of it. */
export async function findByToken(db: Database | Tx, tokenHash: Uint8Array): Promise<Invitation | undefined> {
  const rows = await db.$queryRaw`
    select ${columns} from "Invitation" i join "Account" a on a.id = i."accountId" where i."tokenHash" = ${tokenHash}`
  return z.array(invitationRow).parse(rows)[0]
}

/** As `findByToken`, for this transaction alone: two who come by the same link come one after the other. */
export async function lockByToken(tx: Tx, tokenHash: Uint8Array): Promise<Invitation | undefined> {
  const rows = await tx.$queryRaw`
    select ${columns} from "Invitation" i join "Account" a on a.id = i."accountId"
    where i."tokenHash" = ${tokenHash} for update of i`
  return z.array(invitationRow).parse(rows)[0]
}

/** A new link for as long again; the old one is for nothing any more. */
export async function replaceLink(
  tx: Tx,
  invitationId: string,
  { tokenHash, isMailed, invitedByName }: Pick<NewInvitation, 'tokenHash' | 'isMailed' | 'invitedByName'>,
) {
  await tx.$executeRaw`
    update "Invitation" set "tokenHash" = ${tokenHash}, "isMailed" = ${isMailed}, "invitedByName" = ${invitedByName},
      "expiresAt" = now() + ${lifetime}::interval
    where id = ${invitationId}::uuid`
}

export async function markWithdrawn(tx: Tx, invitationId: string) {
  await tx.$executeRaw`update "Invitation" set "withdrawnAt" = now() where id = ${invitationId}::uuid`
}

export async function markAccepted(tx: Tx, invitationId: string) {
  await tx.$executeRaw`update "Invitation" set "acceptedAt" = now() where id = ${invitationId}::uuid`
}

export async function findAccountName(tx: Tx, accountId: string): Promise<string> {
  const { name } = await tx.account.findFirstOrThrow({ where: { id: accountId }, select: { name: true } })
  return name
}
