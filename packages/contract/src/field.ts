import { z } from 'zod'

export const id = z.uuid()
export const instant = z.iso.datetime({ offset: true })
/** A calendar date, YYYY-MM-DD, without a time. Which dates exist is the domain's business. */
export const dateText = z.string().max(64)
export const accountId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'is not an account id')

/** Part of every list: what was asked for and how much there is. */
export const page = z.coerce.number().int().min(1).max(1_000_000).default(1)
export const pageSize = z.coerce.number().int().min(1).max(200).default(50)
export const sortDirection = z.enum(['asc', 'desc'])
/** A boolean in a query string. */
export const flag = z.enum(['true', 'false']).transform((text) => text === 'true')

export const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.object({
    rows: z.array(row),
    total: z.number().int(),
    page: z.number().int(),
    pageSize: z.number().int(),
  })

export type PageOf<Row> = { rows: Row[]; total: number; page: number; pageSize: number }
