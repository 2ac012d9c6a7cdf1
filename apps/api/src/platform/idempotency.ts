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
})

/**
 * Runs a write as one transaction. With an `Idempotency-Key` the answer is stored in the same transaction: the same
 * request again gets the same answer and has no second effect, also when both arrive at once; another request under the
 * same key is refused. A refusal (4xx) rolls everything back, its key included, so that it can be mended and sent again.
 */
export async function write(
  deps: Pick<Deps, 'db'>,
  request: FastifyRequest,
  work: (tx: Tx, now: Temporal.Instant) => Promise<Answer>,
): Promise<Answer> {
  const key = idempotencyKey(request)
  const attempt = () =>
    deps.db.$transaction(async (tx) => {
      const stored = key && (await claimKey(tx, request, key))
      if (stored) return stored
      const answer = await work(tx, await businessNow(tx))
      if (answer.status >= 400) throw new Refused(answer)
      if (key) await storeAnswer(tx, request, key, answer)
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

const hashOf = (request: FastifyRequest) =>
  createHash('sha256')
    .update(`${request.method} ${request.url}\n${JSON.stringify(request.body ?? null)}`)
    .digest()

/** Takes the key for this transaction, or finds the answer already given under it. A concurrent twin waits here. */
async function claimKey(tx: Tx, request: FastifyRequest, key: string): Promise<Answer | undefined> {
  const { userId, accountId } = request.actor
  const requestHash = hashOf(request)
  const taken = await tx.$executeRaw`
    insert into "IdempotencyRecord" ("userId", "accountId", key, "requestHash", status, "createdAt")
    values (${userId}::uuid, ${accountId}, ${key}, ${requestHash}, 0, now())
    on conflict do nothing`
  if (taken === 1) return undefined

  const record = await tx.idempotencyRecord.findUniqueOrThrow({
    where: { userId_accountId_key: { userId, accountId, key } },
  })
  if (!requestHash.equals(record.requestHash)) {
    throw new RequestRefused({
      status: 422,
      code: 'idempotency-key-reused',
      message: 'This Idempotency-Key was used for another request. Use a new key for a new request.',
    })
  }
  return { status: record.status, body: record.body }
}

async function storeAnswer(tx: Tx, request: FastifyRequest, key: string, answer: Answer) {
  const { userId, accountId } = request.actor
  const { status, body = null } = 'repeatedBody' in answer ? { ...answer, body: answer.repeatedBody } : answer
  await tx.$executeRaw`
    update "IdempotencyRecord" set status = ${status}, body = ${JSON.stringify(body)}::jsonb
    where "userId" = ${userId}::uuid and "accountId" = ${accountId} and key = ${key}`
}

/** Answers older than a week: whoever wanted to repeat a request has done so. */
export function deleteOldAnswers(db: Database): Promise<number> {
  return db.$executeRaw`delete from "IdempotencyRecord" where "createdAt" < now() - interval '7 days'`
}
