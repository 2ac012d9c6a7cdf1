import { twoStepRequirement, type TwoStepRequirement } from '@packline/contract/accounts.ts'
import type { Database } from '@packline/database/client.ts'
import { z } from 'zod'
import type { Actor } from '../../platform/actor.ts'
import { withoutTwoStep } from '../../read-models/without-two-step.ts'

const countsRow = twoStepRequirement.omit({ isReaderReady: true, tellsByMail: true })

/** Whether the account worked in requires two-step sign-in, and whom that concerns. */
export async function getTwoStepRequirement(
  db: Database,
  { accountId, hasSecondFactor }: Actor,
  tellsByMail: boolean,
): Promise<TwoStepRequirement> {
  const rows = await db.$queryRaw`
    select a."requiresTwoStep",
      (select count(distinct w."userId")::int from "AccountAccess" w where w."accountId" = a.id) as "peopleCount",
      (select count(*)::int from (${withoutTwoStep(accountId)}) without) as "withoutCount"
    from "Account" a where a.id = ${accountId}`
  const [counts] = z.tuple([countsRow]).parse(rows)
  return { ...counts, isReaderReady: hasSecondFactor, tellsByMail }
}
