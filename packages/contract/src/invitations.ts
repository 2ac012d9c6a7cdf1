import { z } from 'zod'
import { accountId, id, instant, page, pageOf, pageSize } from './field.ts'
import { roleName } from './roles.ts'

export const invitationParams = z.object({ invitationId: id })
export const invitationQuery = z.object({ filter: z.string().max(255).optional(), page, pageSize })

/** An invitation that nobody has accepted yet. */
export const invitationView = z.object({
  id,
  email: z.string(),
  roles: z.array(roleName),
  invitedByName: z.string(),
  createdAt: instant,
  expiresAt: instant,
  isExpired: z.boolean(),
})
export type InvitationView = z.infer<typeof invitationView>
export const invitationList = pageOf(invitationView)

export const inviteBody = z.strictObject({ email: z.string().max(10_000), roleIds: z.array(id).max(200) })
export type InviteBody = z.infer<typeof inviteBody>

/** The same whether or not somebody has a user under that address already. */
export const sentInvitation = z.object({
  invitation: invitationView,
  isMailed: z.boolean(),
  /** Path and fragment, shown once; null when it was mailed, and when the same request is repeated. */
  link: z.string().nullable(),
})
export type SentInvitation = z.infer<typeof sentInvitation>

export const invitationLinkBody = z.strictObject({ token: z.string().max(200) })

/** What whoever has the link may know before they accept. */
export const invitationLinkView = z.object({
  email: z.string(),
  accountName: z.string(),
  invitedByName: z.string(),
  roles: z.array(z.string()),
  expiresAt: instant,
  /** Whom the OpenID provider took this browser's reader for a moment ago, when nobody here has that address. */
  vouched: z.object({ email: z.string(), firstName: z.string(), lastName: z.string() }).nullable(),
})
export type InvitationLinkView = z.infer<typeof invitationLinkView>

/** Which account whoever accepted can choose now. */
export const acceptedInvitation = z.object({ accountId })
export type AcceptedInvitation = z.infer<typeof acceptedInvitation>

export const newUserBody = z.strictObject({
  token: z.string().max(200),
  firstName: z.string().max(10_000),
  lastName: z.string().max(10_000),
  /** Not needed by whoever comes from single sign-on with the address that was invited. */
  password: z.string().max(10_000).optional(),
})
