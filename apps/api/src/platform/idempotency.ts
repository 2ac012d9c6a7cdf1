import { createHash } from 'node:crypto'
import type { Database, Tx } from '@packline/database/client.ts'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { businessNow } from './clock.ts'
import { isBusy } from './database-errors.ts'
import type { Deps } from './deps.ts'
import { problemBody, RequestRefused, type Refusal } from './problems.ts'

/** What a write answers: its effect as JSON, or why it was refused. */
export type Answer = {
  status: number
  body: unknown
  etag?: string
  /** What is stored for repetitions instead of the body, where that holds a secret that is shown once. */
  repeatedBody?: unknown
}

export const refused = (request: FastifyRequest, refusal: Refusal): Answer => ({
  status: refusal.status,
  body: problemBody(request, refusal),
  ...(refusal.etag !== undefined && { etag: refusal.etag }),
})

/**
 * Runs a write as one transaction. With an `Idempotency-Key` the answer is stored in the same transaction: the same
 * request again gets the same answer and has no second effect, also when both arrive at once; another request under the
 * same key is refused. With an `If-Match` nothing is done unless what the route's condition is about is still as the
 * caller has seen it. A refusal (4xx) rolls everything back, its key included, so that it can be mended and sent again.
 */
export async function write(
  deps: Pick<Deps, 'db'>,
  request: FastifyRequest,
  work: (tx: Tx, now: Temporal.Instant) => Promise<Answer>,
  /** What stands for the body of a request whose body is not in memory. */
  body: unknown = request.body,
): Promise<Answer> {
  const claim = claimOf(request, body)
  const attempt = () =>
    deps.db.$transaction(async (tx) => {
      const stored = claim && (await claimKey(tx, claim))
      if (stored) return stored
      const outdated = await request.routeOptions.config.condition?.(tx, request)
      const answer = outdated ? refused(request, outdated) : await work(tx, await businessNow(tx))
      if (answer.status >= 400) throw new Refused(answer)
      if (claim) await storeAnswers(tx, [{ claim, answer }])
      return answer
    })
  try {
    // A deadlock or a lock that took too long has written nothing, so one more try is safe.
    return await attempt().catch((error: unknown) => {
      if (isBusy(error)) return attempt()
      throw error
    })
  } catch (error) {
    if (error instanceof Refused) return error.answer
    throw error
  }
}

class Refused extends Error {
  readonly answer: Answer
  constructor(answer: Answer) {
    super('refused')
    this.answer = answer
  }
}

function idempotencyKey(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key']
  if (key === undefined) return undefined
  if (typeof key === 'string' && /^[\x21-\x7e]{8,200}$/.test(key)) return key
  throw new RequestRefused({
    status: 400,
    code: 'idempotency-key-invalid',
    message: 'Idempotency-Key must be 8 to 200 visible ASCII characters.',
  })
}

const hashOf = ({ method, url }: FastifyRequest, body: unknown) =>
  createHash('sha256')
    .update(`${method} ${url}\n${JSON.stringify(body ?? null)}`)
    .digest()

/** Whose key it is. Before an account is chosen, or whichever it is, keys belong to the user alone. */
const callerOf = (request: FastifyRequest) =>
  request.routeOptions.config.access === 'signed-in'
    ? { userId: request.signedIn.userId, accountId: '' }
    : { userId: request.actor.userId, accountId: request.actor.accountId }

/** Under which key the same request may come again. */
export type Claim = { userId: string; accountId: string; key: string; requestHash: Buffer }

/** Undefined for a request without a key. */
export function claimOf(request: FastifyRequest, body: unknown = request.body): Claim | undefined {
  const key = idempotencyKey(request)
  return key === undefined ? undefined : { ...callerOf(request), key, requestHash: hashOf(request, body) }
}

/** Takes the key for this transaction, or finds the answer already given under it. A concurrent twin waits here. */
async function claimKey(tx: Tx, claim: Claim): Promise<Answer | undefined> {
  const { userId, accountId, key, requestHash } = claim
  const taken = await claimKeys(tx, [claim])
  if (taken.has(claim)) return undefined

  const record = await tx.idempotencyRecord.findFirstOrThrow({
    where: { userId, accountId, key },
  })
  if (!requestHash.equals(record.requestHash)) {
    throw new RequestRefused({
      status: 422,
      code: 'idempotency-key-reused',
      message: 'This Idempotency-Key was used for another request. Use a new key for a new request.',
    })
  }
  const { status, body, etag } = record
  return { status, body, ...(etag !== null && { etag }) }
}

/** What tells apart the keys of an account's users. */
export const nameOfKey = ({ userId, key }: Pick<Claim, 'userId' | 'key'>) => `${userId} ${key}`

const keyRow = z.object({ userId: z.uuid(), key: z.string() })

/**
 * Takes keys of one account for this transaction and says which it got: under the others an answer was given already.
 * They are taken in one order, so that two who take the same ones do not wait for each other in a circle.
 */
export async function claimKeys(tx: Tx, claims: readonly Claim[]): Promise<ReadonlySet<Claim>> {
  if (claims.length === 0) return new Set()
  const rows = await tx.$queryRaw`
    insert into "IdempotencyRecord" ("userId", "accountId", key, "requestHash", status, "createdAt")
    select c."userId", c."accountId", c.key, decode(c."requestHash", 'hex'), 0, now()
    from jsonb_to_recordset(${JSON.stringify(claims.map(keyOf))}::jsonb) c("userId" uuid, "accountId" text, key text,
      "requestHash" text)
    order by c."userId", c.key
    on conflict do nothing
    returning "userId", key`
  const taken = new Set(z.array(keyRow).parse(rows).map(nameOfKey))
  return new Set(claims.filter((claim) => taken.has(nameOfKey(claim))))
}

/** Gives keys back that were taken in this transaction: nothing was done under them. */
export async function giveKeysBack(tx: Tx, claims: readonly Claim[]) {
  if (claims.length === 0) return
  await tx.$executeRaw`
    delete from "IdempotencyRecord" r
    using jsonb_to_recordset(${JSON.stringify(claims)}::jsonb) c("userId" uuid, "accountId" text, key text)
    where r."userId" = c."userId" and r."accountId" = c."accountId" and r.key = c.key and r.status = 0`
}

/** Keeps what was answered for repetitions of the requests. */
export async function storeAnswers(tx: Tx, answered: readonly { claim: Claim; answer: Answer }[]) {
  if (answered.length === 0) return
  const answers = answered.map(({ claim, answer }) => ({
    ...keyOf(claim),
    status: answer.status,
    body: ('repeatedBody' in answer ? answer.repeatedBody : answer.body) ?? null,
    etag: answer.etag ?? null,
  }))
  // As an insert that finds its row: this way goes by the index, whatever statistics the table has.
  await tx.$executeRaw`
    insert into "IdempotencyRecord" ("userId", "accountId", key, "requestHash", status, body, etag)
    select a."userId", a."accountId", a.key, decode(a."requestHash", 'hex'), a.status, coalesce(a.body, 'null'), a.etag
    from jsonb_to_recordset(${JSON.stringify(answers)}::jsonb) a("userId" uuid, "accountId" text, key text,
      "requestHash" text, status int, body jsonb, etag text)
    on conflict ("userId", "accountId", key) do update
      set status = excluded.status, body = excluded.body, etag = excluded.etag`
}

/** A key as it is written in JSON. */
const keyOf = ({ requestHash, ...claim }: Claim) => ({ ...claim, requestHash: requestHash.toString('hex') })

/** Answers older than a week: whoever wanted to repeat a request has done so. */
export function deleteOldAnswers(db: Database): Promise<number> {
  return db.$executeRaw`delete from "IdempotencyRecord" where "createdAt" < now() - interval '7 days'`
}
