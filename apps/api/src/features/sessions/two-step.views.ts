import type { TwoStepView } from '@packline/contract/two-step-sign-in.ts'
import type { Database } from '@packline/database/client.ts'
import { z } from 'zod'

const viewRow = z.object({
  onSince: z
    .date()
    .nullable()
    .transform((date) => date?.toISOString() ?? null),
  recoveryCodesLeft: z.number(),
})

/** Whether the user's own sign-in asks for a code. */
export async function getTwoStepView(db: Database, userId: string): Promise<TwoStepView> {
  const rows = await db.$queryRaw`
    select "onSince", (select count(*)::int from "RecoveryCode" r where r."userId" = t."userId") as "recoveryCodesLeft"
    from "TwoStepSignIn" t where "userId" = ${userId}::uuid`
  return z.array(viewRow).parse(rows)[0] ?? { onSince: null, recoveryCodesLeft: 0 }
}
