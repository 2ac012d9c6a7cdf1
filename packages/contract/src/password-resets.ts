import { z } from 'zod'

export const resetRequestBody = z.strictObject({ email: z.string().max(320) })
/** The same for every address. Without a mail server nobody can be sent a link, whoever they are. */
export const resetRequested = z.object({ hasMailServer: z.boolean() })
export type ResetRequested = z.infer<typeof resetRequested>

export const newPasswordBody = z.strictObject({
  token: z.string().max(200),
  password: z.string().max(10_000),
})
