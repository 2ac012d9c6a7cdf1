import { z } from 'zod'
import { id } from './field.ts'

/**
 * A hint that something looks different now, sent as server-sent events: read it again. `release` and `pack` go to the
 * publisher of the pack, `pack` also to accounts that have it installed, `environment` to its account, `notices` to whom
 * there are new ones for. `everything`: hints may have been missed. Hints may come twice, late or never; whoever shows
 * something reads it again by itself too.
 */
export const changeHint = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['release', 'pack', 'environment']), id }),
  z.object({ kind: z.enum(['notices', 'sharing', 'everything']), id: z.null() }),
])
export type ChangeHint = z.infer<typeof changeHint>
