import type { PageOf } from '@packline/contract/field.ts'
import {
  type InvitationLinkView,
  invitationLinkView,
  type invitationQuery,
  type InvitationView,
} from '@packline/contract/invitations.ts'
import type { Database, Tx } from '@packline/database/client.ts'
import { Prisma } from '@packline/database/generated/client.ts'
import { roleLabel } from '@packline/domain/access/role-name.ts'
import {
  type InvitationLinkRefusal,
  judgeInvitationLink,
} from '@packline/domain/accounts/plan-accept-invitation.ts'
import { cleanLine } from '@packline/domain/text/clean-text.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'
import { hashToken } from '../../platform/session-token.ts'

const instant = z.date().transform((date) => date.toISOString())
const roleRow = z
  .object({ id: z.uuid(), name: z.string(), isShared: z.boolean() })
  .transform(({ id, name, isShared }) => ({ id, label: roleLabel(name, isShared) }))
const invitationRow = z.object({
  id: z.uuid(),
  email: z.string(),
  roles: z.array(roleRow),
  invitedByName: z.string(),
  createdAt: instant,
  expiresAt: instant,
  isExpired: z.boolean(),
})

const columns = Prisma.sql`
  i.id, i.email, i."invitedByName", i."createdAt", i."expiresAt", i."expiresAt" <= now() as "isExpired",
  (select coalesce(json_agg(json_build_object('id', r.id, 'name', r.name, 'isShared', coalesce(r."accountId" <> i."accountId", false))
    order by lower(r.name), r.id), '[]') from "Role" r where r.id = any(i."roleIds")) as roles`

const isPending = (scope: AccountScope) => Prisma.sql`
  i."accountId" = ${scope} and i."acceptedAt" is null and i."withdrawnAt" is null`

/** Invitations that are neither accepted nor withdrawn, the newest first. */
export async function listInvitations(
  db: Database,
  scope: AccountScope,
  { filter, page, pageSize }: z.output<typeof invitationQuery>,
): Promise<PageOf<InvitationView>> {
  const text = cleanLine(filter ?? '')
  const matching = Prisma.sql`${isPending(scope)} and strpos(lower(i.email), lower(${text})) > 0`
  const rows = await db.$queryRaw`
    select ${columns} from "Invitation" i where ${matching}
    order by i."createdAt" desc, i.id limit ${pageSize} offset ${(page - 1) * pageSize}`
  const counted = await db.$queryRaw`select count(*)::int as total from "Invitation" i where ${matching}`
  const [{ total }] = z.tuple([z.object({ total: z.number() })]).parse(counted)
  return { rows: z.array(invitationRow).parse(rows), total, page, pageSize }
}

export async function findInvitation(
  tx: Database | Tx,
  scope: AccountScope,
  invitationId: string,
): Promise<InvitationView | undefined> {
  const rows = await tx.$queryRaw`
    select ${columns} from "Invitation" i where i.id = ${invitationId}::uuid and ${isPending(scope)}`
  return z.array(invitationRow).parse(rows)[0]
}

const linkRow = z.object({
  email: z.string(),
  accountName: z.string(),
  invitedByName: z.string(),
  roles: z.array(roleRow),
  expiresAt: instant,
  vouched: invitationLinkView.shape.vouched,
  isAccepted: z.boolean(),
  isWithdrawn: z.boolean(),
  isExpired: z.boolean(),
})

/**
 * What whoever has the link reads before they accept; nothing about whether they have a user already. With whom single
 * sign-on vouched for in this browser, by the token of its cookie.
 */
export async function readInvitationLink(
  db: Database,
  token: string,
  vouchToken: string | undefined,
): Promise<{ kind: 'open'; view: InvitationLinkView } | { kind: 'refused'; reason: InvitationLinkRefusal }> {
  const rows = await db.$queryRaw`
    select ${columns}, a.name as "accountName", i."acceptedAt" is not null as "isAccepted",
      (select json_build_object('email', v.email, 'firstName', v."firstName", 'lastName', v."lastName")
        from "VouchedPerson" v
        where v."tokenHash" = ${vouchToken === undefined ? null : hashToken(vouchToken)} and v."expiresAt" > now())
        as vouched,
      i."withdrawnAt" is not null or a.status = 'deleted' as "isWithdrawn"
    from "Invitation" i join "Account" a on a.id = i."accountId" where i."tokenHash" = ${hashToken(token)}`
  const [invitation] = z.array(linkRow).parse(rows)
  const judged = judgeInvitationLink(invitation)
  if (judged.kind === 'refused') return judged
  if (!invitation) return { kind: 'refused', reason: 'invitation-unknown' }
  const { email, accountName, invitedByName, roles, expiresAt, vouched } = invitation
  return {
    kind: 'open',
    view: { email, accountName, invitedByName, roles: roles.map(({ label }) => label), expiresAt, vouched },
  }
}
