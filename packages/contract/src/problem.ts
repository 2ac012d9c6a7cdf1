import { z } from 'zod'

/** The one shape of every refused or failed request. */
export const problem = z.object({
  /** Why, in kebab-case; screens choose their words by it. */
  code: z.string(),
  /** A sentence a person can act on. */
  message: z.string(),
  requestId: z.string(),
  /** Which fields of the request are wrong. */
  fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  /** Facts that belong to the reason: names in the way, the current state after a conflict, counts. */
  details: z.record(z.string(), z.unknown()).optional(),
})
export type Problem = z.infer<typeof problem>
