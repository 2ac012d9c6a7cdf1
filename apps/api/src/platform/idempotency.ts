import { createHash } from 'node:crypto'
import type { Database, Tx } from '@packline/database/client.ts'
import type { FastifyRequest } from 'fastify'
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
  const key = idempotencyKey(request)
  const claim =
    key === undefined ? undefined : { ...callerOf(request), key, requestHash: hashOf(request, body) }
  const attempt = () =>
    deps.db.$transaction(async (tx) => {
      const stored = claim && (await claimKey(tx, claim))
      if (stored) return stored
      const outdated = await request.routeOptions.config.condition?.(tx, request)
      const answer = outdated ? refused(request, outdated) : await work(tx, await businessNow(tx))
      if (answer.status >= 400) throw new Refused(answer)
      if (claim) await storeAnswer(tx, claim, answer)
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

type Claim = { userId: string; accountId: string; key: string; requestHash: Buffer }

/** Takes the key for this transaction, or finds the answer already given under it. A concurrent twin waits here. */
async function claimKey(tx: Tx, { userId, accountId, key, requestHash }: Claim): Promise<Answer | undefined> {
  const taken = await tx.$executeRaw`
    insert into "IdempotencyRecord" ("userId", "accountId", key, "requestHash", status, "createdAt")
    values (${userId}::uuid, ${accountId}, ${key}, ${requestHash}, 0, now())
    on conflict do nothing`
  if (taken === 1) return undefined

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

async function storeAnswer(tx: Tx, { userId, accountId, key }: Claim, answer: Answer) {
  const { status, body = null } = 'repeatedBody' in answer ? { ...answer, body: answer.repeatedBody } : answer
  await tx.$executeRaw`
    update "IdempotencyRecord" set status = ${status}, body = ${JSON.stringify(body)}::jsonb, etag = ${answer.etag ?? null}
    where "userId" = ${userId}::uuid and "accountId" = ${accountId} and key = ${key}`
}

/** Answers older than a week: whoever wanted to repeat a request has done so. */
export function deleteOldAnswers(db: Database): Promise<number> {
  return db.$executeRaw`delete from "IdempotencyRecord" where "createdAt" < now() - interval '7 days'`
}
