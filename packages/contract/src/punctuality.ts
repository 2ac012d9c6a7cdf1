import { z } from 'zod'
import { id, instant, pageSize } from './field.ts'

/** A place in the list, as `next` and `previous` of a page give it. */
const place = z.string().regex(/^\d{1,16}\.[0-9a-f-]{36}$/, 'is not a place in this list')
export const punctualityQuery = z
  .object({ after: place.optional(), before: place.optional(), pageSize })
  .refine(({ after, before }) => after === undefined || before === undefined, {
    path: ['before'],
    error: 'goes without after',
  })

const seconds = z.number().nonnegative()

/** A release that was due in the last 90 days, and how it kept its time. */
export const punctualityRow = z.object({
  releaseId: id,
  packId: id,
  packName: z.string(),
  sequence: z.number().int(),
  timing: z.enum(['IMMEDIATE', 'DATED']),
  status: z.enum(['SCHEDULED', 'IN_PROGRESS', 'SUCCESS', 'ERROR']),
  /** The start of its window; of an immediate release, when it was confirmed. */
  dueAt: instant,
  windowEndsAt: instant,
  startedAt: instant.nullable(),
  /** When it was current for the whole install base. */
  finishedAt: instant.nullable(),
  /** From due to finished. */
  tookSeconds: seconds.nullable(),
  /** Past the end of its window, also while it is still going on; null when in time. */
  lateBySeconds: seconds.nullable(),
  /** Environments that it was brought to by itself, early applies not counted. */
  updated: z.number().int(),
})
export type PunctualityRow = z.infer<typeof punctualityRow>

export const punctualityPage = z.object({
  rows: z.array(punctualityRow),
  next: z.string().nullable(),
  previous: z.string().nullable(),
})
export type PunctualityPage = z.infer<typeof punctualityPage>

/** The same in numbers. A day is that of the releases' dates; of immediate ones, the day in UTC. */
export const punctualitySummary = z.object({
  since: instant,
  releases: z.number().int(),
  finished: z.number().int(),
  late: z.number().int(),
  medianSeconds: seconds.nullable(),
  worst: punctualityRow
    .pick({ releaseId: true, packId: true, packName: true, sequence: true, tookSeconds: true })
    .nullable(),
  days: z.array(
    z.object({
      date: z.string(),
      finished: z.number().int(),
      late: z.number().int(),
      medianSeconds: seconds,
      worstSeconds: seconds,
    }),
  ),
})
export type PunctualitySummary = z.infer<typeof punctualitySummary>
