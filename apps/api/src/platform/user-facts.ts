import { Prisma } from '@packline/database/generated/client.ts'
import { z } from 'zod'

/** Who somebody is, as every gate reads it anew. */
export const userFacts = z.object({
  userId: z.uuid(),
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  timeZone: z.string().nullable(),
  /** A password alone does not sign them in. */
  hasSecondStep: z.boolean(),
})
export type UserFacts = z.infer<typeof userFacts>

/** Part of a select list: the user "u" as `userFacts`. */
export const userColumns = Prisma.sql`
  u.id as "userId", u.email, u."firstName", u."lastName", u."timeZone", exists (
    select from "TwoStepSignIn" t where t."userId" = u.id and t."onSince" is not null) as "hasSecondStep"`

/** Two-step sign-in is on, so that nobody came without a code; or single sign-on has vouched for them. */
export const hasSecondFactor = ({
  hasSecondStep,
  isVouched,
}: {
  hasSecondStep: boolean
  isVouched: boolean
}) => hasSecondStep || isVouched
