import { z } from 'zod'
import { id, instant, page, pageOf, pageSize } from './field.ts'
import { roleName } from './roles.ts'

export const accountUserParams = z.object({ userId: id })
export const accountUserQuery = z.object({
  /** Part of the name or of the e-mail address. */
  filter: z.string().max(255).optional(),
  /** Who holds this role. */
  roleId: id.optional(),
  page,
  pageSize,
})

/** A user of the account itself. */
export const accountUserView = z.object({
  id,
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  roles: z.array(roleName),
  lastSignedInAt: instant.nullable(),
  /** Until when bad sign-ins keep them out; null when nothing does. */
  lockedUntil: instant.nullable(),
  /** Since when their password alone does not sign them in; null where it does. */
  twoStepSince: instant.nullable(),
  isYou: z.boolean(),
  /** Holds User Management, as a user of the account itself, and nobody else does. */
  isLastAdministrator: z.boolean(),
})
export type AccountUserView = z.infer<typeof accountUserView>
export const accountUserList = pageOf(accountUserView)

export const userRolesBody = z.strictObject({ roleIds: z.array(id).max(200) })

export const removedUser = z.object({
  endedSessions: z.number().int(),
  revokedTokens: z.number().int(),
  /** Releases they scheduled that have not gone out; they go out all the same. */
  scheduledReleases: z.number().int(),
})
export type RemovedUser = z.infer<typeof removedUser>

/** Where the link for a new password went: to the user, or, without a mail server, to whoever asked. */
export const sentReset = z.object({
  email: z.string(),
  isMailed: z.boolean(),
  /** Path and fragment, shown once; null when it was mailed, and when the same request is repeated. */
  link: z.string().nullable(),
})
export type SentReset = z.infer<typeof sentReset>
