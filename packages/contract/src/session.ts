import { z } from 'zod'
import { accountStatus } from './accounts.ts'
import { accountId, id, instant, page, pageOf, pageSize } from './field.ts'

export const signInBody = z.strictObject({ email: z.string().max(320), password: z.string().max(10_000) })
export const chooseAccountBody = z.strictObject({ accountId })

/** An account one may work in, and how one came to it. */
export const accountChoice = z.object({
  id: accountId,
  name: z.string(),
  status: accountStatus,
  roles: z.array(z.string()),
  /** The account groups through which one comes; none as a user of the account itself, which wins over groups. */
  groups: z.array(z.string()),
  /** The account's Support Access Role, where it caps those who come through a group. */
  cappedBy: z.string().nullable(),
})
export type AccountChoice = z.infer<typeof accountChoice>
export const accountChoicePage = pageOf(accountChoice)
export const accountChoiceQuery = z.object({
  /** Part of a name or an id. */
  search: z.string().max(255).optional(),
  page,
  pageSize,
})

export const userView = z.object({
  id,
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  timeZone: z.string().nullable(),
})
export type UserView = z.infer<typeof userView>

/** Who is signed in, where, and what they may do there. `account` is null until one of several is chosen. */
export const sessionView = z.object({
  user: userView,
  account: z
    .object({
      id: accountId,
      name: z.string(),
      status: accountStatus,
      features: z.array(z.string()),
      /** As a user of the account itself; otherwise through an account group of its primary account. */
      isDirect: z.boolean(),
      requiresTwoStep: z.boolean(),
      /** It requires two-step sign-in, and the user has none: there is nothing to do here but to turn it on. */
      lacksTwoStep: z.boolean(),
    })
    .nullable(),
  /** The accounts worked in last, then others by name: some of them, `accountCount` says how many there are. */
  accounts: z.array(accountChoice),
  accountCount: z.number().int(),
  privileges: z.array(z.string()),
})
export type SessionView = z.infer<typeof sessionView>

/** Where to go on to after single sign-on; anything but an address of this product counts as none. */
export const singleSignOnQuery = z.object({
  returnTo: z.string().max(2_000).optional(),
  /** Whoever the provider remembers is not the one: it is to ask who is there. */
  as: z.literal('another').optional(),
})

/** What the sign-in page and the About panel may know without a session. */
export const aboutView = z.object({
  version: z.string(),
  zoneDataVersion: z.string(),
  /** Where people can sign in by an OpenID provider: what the button says. */
  singleSignOn: z.object({ label: z.string() }).nullable(),
  /** Newer zone data of the operating system than the one in use, when there is. */
  newerZoneDataVersion: z.string().nullable(),
  demo: z
    .object({
      password: z.string(),
      users: z.array(
        z.object({ email: z.string(), role: z.string(), account: z.string(), timeZone: z.string() }),
      ),
    })
    .nullable(),
})
export type AboutView = z.infer<typeof aboutView>

export const clockBody = z.strictObject({ now: instant })
export const clockView = z.object({ now: instant, offsetMillis: z.number(), isSet: z.boolean() })
export type ClockView = z.infer<typeof clockView>

export const deviceView = z.object({
  id,
  isCurrent: z.boolean(),
  userAgent: z.string(),
  address: z.string(),
  signedInAt: instant,
  lastSeenAt: instant,
})
export type DeviceView = z.infer<typeof deviceView>
export const deviceParams = z.object({ sessionId: id })

/** What is left out stays as it is. How long a name may be and which zones exist is the domain's business. */
export const profileBody = z.strictObject({
  firstName: z.string().max(10_000).optional(),
  lastName: z.string().max(10_000).optional(),
  timeZone: z.string().max(10_000).optional(),
})
export const passwordBody = z.strictObject({
  currentPassword: z.string().max(10_000),
  newPassword: z.string().max(10_000),
})

/** A zone to choose, with its offset from UTC at this moment, such as "+05:45". */
export const timeZoneView = z.object({
  name: z.string(),
  offset: z.string(),
  offsetMinutes: z.number(),
  aliases: z.array(z.string()),
})
export type TimeZoneView = z.infer<typeof timeZoneView>
