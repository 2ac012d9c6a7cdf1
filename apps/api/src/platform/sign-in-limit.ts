import { createHash } from 'node:crypto'
import type { Database } from '@packline/database/client.ts'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { RequestRefused } from './problems.ts'

/** Tries a minute: few for one user or token from one address, and not many for all from that address together. */
const triesForOne = 30
const triesForAll = 200

const withEmail = z.object({ email: z.string() })

/** Slows down guessing before any password is hashed. The lock after bad sign-ins stands behind it. */
export const limitSignIns = (db: Database) => async (request: FastifyRequest) => {
  const body = withEmail.safeParse(request.body)
  await countTry(db, request, `user ${body.success ? body.data.email.trim() : ''}`)
}

/**
 * Counts a try to sign in and refuses it when there were too many within a minute: in the database, so that all
 * instances count together, and in one statement, so that those that come at once are all counted.
 */
export async function countTry(db: Database, { ip }: FastifyRequest, who: string) {
  const limits = [
    { keyHash: hashOf(`${who} ${ip}`), max: triesForOne },
    { keyHash: hashOf(ip), max: triesForAll },
  ]
  const counted = await countUp(
    db,
    limits.map(({ keyHash }) => keyHash),
  )
  const over = counted.filter(({ keyHash, count }) =>
    limits.some((limit) => limit.keyHash === keyHash && count > limit.max),
  )
  if (over.length === 0) return
  const seconds = Math.max(...over.map(({ secondsLeft }) => secondsLeft))
  throw new RequestRefused({
    status: 429,
    code: 'too-many-sign-ins',
    message: `Too many sign-ins from your network. Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
    details: { retryAfter: seconds },
  })
}

/** In small letters, as users are found: the small İ is an i to PostgreSQL, and one with a dot above to JavaScript. */
const hashOf = (key: string) =>
  createHash('sha256').update(key.toLowerCase().replaceAll('\u0307', '')).digest('hex')

const countedRows = z.array(z.object({ keyHash: z.string(), count: z.number(), secondsLeft: z.number() }))

/** Rows are taken in the order of their keys, so that two tries do not wait for each other. */
async function countUp(db: Database, keyHashes: readonly string[]) {
  const rows = await db.$queryRaw`
    insert into "SignInAttempt" as a ("keyHash", count)
    select decode(key, 'hex'), 1 from unnest(${[...keyHashes]}::text[]) key order by key
    on conflict ("keyHash") do update set
      count = case when a."startedAt" > now() - interval '1 minute' then a.count + 1 else 1 end,
      "startedAt" = case when a."startedAt" > now() - interval '1 minute' then a."startedAt" else now() end
    returning encode("keyHash", 'hex') as "keyHash", count,
      greatest(1, ceil(extract(epoch from "startedAt" + interval '1 minute' - now())))::int as "secondsLeft"`
  return countedRows.parse(rows)
}

/** Counts of minutes that are over. */
export function deleteOldTries(db: Database): Promise<number> {
  return db.$executeRaw`delete from "SignInAttempt" where "startedAt" < now() - interval '1 minute'`
}
